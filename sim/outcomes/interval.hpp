// 95% intervals. A sample in which every patient has the same value has no standard error but still says something: the
// true share p of that value has p^n >= 2.5% (Clopper and Pearson, Biometrika 1934), so p >= 1 - q, q = 1 -
// 0.025^(1/n).
#pragma once

#include <cstdint>
#include <limits>

#include "base/exact_sum.hpp"
#include "model/model.hpp"
#include "survival/confidence.hpp"

namespace sojourn::outcomes {

using survival::Interval;
inline constexpr double normal_quantile_975 = survival::normal_975;

// What a number can be.
struct Bounds {
  double least = 0, most = 1;
  [[nodiscard]] bool finite() const { return most - least < std::numeric_limits<double>::infinity(); }
};

// How sure an interval is: it is estimate +- z se; or, where no two patients differ, what leaves `tail` at each end.
struct Confidence {
  double z = normal_quantile_975, tail = 0.025;
};

// z so that `comparisons` intervals of estimate +- z se hold together with 95% (Bonferroni).
[[nodiscard]] double simultaneous_quantile(std::size_t comparisons);

// q above: the largest share that n patients may all have missed, but for a chance of `tail`. `n` may be a fraction.
[[nodiscard]] double unseen_share(double n, double tail = 0.025);

// Of k successes in n patients: Wilson (JASA 1927), or Clopper-Pearson where k is 0 or n.
[[nodiscard]] Interval proportion_interval(Int128 k, Int128 n);

// Of a mean of values within finite bounds when all n are equal to `value`.
[[nodiscard]] Interval constant_interval(double value, const Bounds& bounds, double n, double tail = 0.025);

// estimate +- z se, kept within the bounds.
[[nodiscard]] Interval normal_interval(double estimate, double se, const Bounds& bounds,
                                       double z = normal_quantile_975);

// Of a survival probability strictly between 0 and 1 (survival/confidence.hpp).
[[nodiscard]] Interval survival_interval(model::IntervalScale scale, double survival, double se);

}  // namespace sojourn::outcomes
