// The difference of two strategies over the same patients, with its error and what may be said where none differ.
#pragma once

#include <string>

#include "outcomes/interval.hpp"
#include "outcomes/ratio.hpp"

namespace sojourn::outcomes {

struct Difference {
  double value = 0, se = 0;       // NaN: unknown, or nobody differs
  Interval interval;              // NaN if unknown
  double variance_reduction = 0;  // variance had patients not been shared / variance of the difference; NaN
  std::string note;
};

[[nodiscard]] Difference difference_of(const RatioSums& sums, const RatioEstimate& result, const Bounds& bounds,
                                       const Confidence& confidence = {});

}  // namespace sojourn::outcomes
