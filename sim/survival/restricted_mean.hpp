// Restricted mean survival time up to tau: the area under the Kaplan-Meier curve, and its variance
//   sum over event times t <= tau of (area from t to tau)^2 d/(n (n - d))
// (a term with n = d has no area after it and is 0), as R's survfit and survRM2 have it, without survfit's optional
// m/(m-1). Two groups are compared by difference and ratio; ratios on the log scale by the delta method (survRM2: H.
// Uno et al., J. Clin. Oncol. 32, 2014). A curve that has not come down to 0 before tau is carried on at its last
// value.
#pragma once

#include <span>

#include "survival/kaplan_meier.hpp"

namespace sojourn::survival {

struct RestrictedMean {
  double tau = 0, value = 0, variance = 0;
  bool carried_on = false;  // past the last time of the data

  [[nodiscard]] double lost() const { return tau - value; }  // restricted mean time lost
};

[[nodiscard]] RestrictedMean restricted_mean(std::span<const Step> curve, double tau);

struct Contrast {
  double estimate = 0, lower = 0, upper = 0;  // the interval of the level of z
  double error = 0;                           // of a ratio: of its logarithm
  double p = 0;                               // two-sided, of no difference
};

// one - other, one / other, and the ratio of the times lost
[[nodiscard]] Contrast difference(const RestrictedMean& one, const RestrictedMean& other, double z = normal_975);
[[nodiscard]] Contrast ratio(const RestrictedMean& one, const RestrictedMean& other, double z = normal_975);
[[nodiscard]] Contrast ratio_of_lost(const RestrictedMean& one, const RestrictedMean& other, double z = normal_975);

}  // namespace sojourn::survival
