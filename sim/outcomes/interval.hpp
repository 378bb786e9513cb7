// 95% intervals. A sample in which every patient has the same value has no standard error but still says something: the
// true share p of that value has p^n >= 2.5% (Clopper and Pearson, Biometrika 1934), so p >= 1 - q, q = 1 -
// 0.025^(1/n).
#pragma once

#include <cstdint>

#include "base/exact_sum.hpp"

namespace sojourn::outcomes {

inline constexpr double normal_quantile_975 = 1.959963984540054;

struct Interval {
  double lower = 0, upper = 0;
};

// q above: the largest share that n patients may all have missed. `n` may be a fraction.
[[nodiscard]] double unseen_share(double n);

// Of k successes in n patients: Wilson (JASA 1927), or Clopper-Pearson where k is 0 or n.
[[nodiscard]] Interval proportion_interval(Int128 k, Int128 n);

// Of a mean of values in [low, high] when all n are equal to `value`.
[[nodiscard]] Interval constant_interval(double value, double low, double high, double n);

// estimate +- 1.96 se, kept within [low, high].
[[nodiscard]] Interval normal_interval(double estimate, double se, double low, double high);

// Of a survival probability strictly between 0 and 1: normal on the scale log(-log S), as in Kalbfleisch and Prentice.
[[nodiscard]] Interval log_log_interval(double survival, double se);

}  // namespace sojourn::outcomes
