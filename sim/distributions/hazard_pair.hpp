// H and h of a law at one time together, where that costs less than one after the other.
#pragma once

#include "base/special_incomplete_gamma.hpp"
#include "distributions/law.hpp"

namespace sojourn::distributions {

// 0 < s < infinity
[[nodiscard]] HazardPair<double> hazards_at(const Law& law, double s);

}  // namespace sojourn::distributions
