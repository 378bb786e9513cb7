// Where the cumulative hazard of a law begins, and where it is not smooth: knots, breaks, ends of its parts.
#pragma once

#include <vector>

#include "base/lane.hpp"
#include "distributions/law.hpp"

namespace sojourn::distributions {

struct Landmarks {
  double origin = 0;            // H is 0 up to here [years]
  double end = infinity;        // and +inf from here on [years]
  std::vector<double> kinks{};  // beyond the origin, rising [years]
  bool smooth = true;           // false: atoms or steps; kinks are not all
};
[[nodiscard]] Landmarks landmarks(const Law& law);
// Of all Law::parts together; kinks as they come.
[[nodiscard]] Landmarks landmarks_of_parts(const Law& law);

}  // namespace sojourn::distributions
