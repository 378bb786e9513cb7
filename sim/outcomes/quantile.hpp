// Quantiles of a time to event from counts on a grid: the first of its times by which the share has had the event. What
// the grid hides is less than one of its steps (`low` is the time before). The interval inverts the pointwise interval
// of the curve, as survfit's quantile does; the standard error is its width over 2 x 1.96.
#pragma once

#include "outcomes/interval.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

struct Quantile {
  double value = 0, low = 0, se = 0;  // [years]; NaN: not reached, or unknown
  Interval interval;                  // an end that is not reached is NaN
  std::int64_t patients = 0;
};

[[nodiscard]] Quantile quantile_of(const Item& item, const Sums& sums, std::size_t group, std::size_t strategy,
                                   double share);

}  // namespace sojourn::outcomes
