#include "survival/restricted_mean.hpp"

#include <cmath>

#include "base/elementary.hpp"
#include "survival/tail.hpp"

namespace sojourn::survival {

namespace {

// From independent log estimates of positive values.
Contrast ratio_of(double one, double one_variance, double other, double other_variance, double z) {
  const double error = std::sqrt(one_variance / (one * one) + other_variance / (other * other));
  const double log_ratio = sojourn::log(one / other);
  return {one / other, sojourn::exp(log_ratio - z * error), sojourn::exp(log_ratio + z * error), error,
          two_sided_p(log_ratio / error)};
}

}  // namespace

RestrictedMean restricted_mean(std::span<const Step> curve, double tau) {
  RestrictedMean result{tau, 0, 0, true};
  std::size_t last = 0;  // number of times up to tau
  while (last < curve.size() && curve[last].time <= tau) ++last;
  if (last < curve.size() || (last > 0 && (curve[last - 1].time == tau || curve[last - 1].survival == 0))) {
    result.carried_on = false;
  }
  double area = 0, until = tau;  // after the time at hand
  for (std::size_t k = last; k-- > 0;) {
    const Step& step = curve[k];
    area += step.survival * (until - step.time);
    until = step.time;
    const auto n = static_cast<double>(step.at_risk), d = static_cast<double>(step.events);
    if (d > 0 && d < n) result.variance += area * area * d / (n * (n - d));
  }
  result.value = area + until;
  return result;
}

Contrast difference(const RestrictedMean& one, const RestrictedMean& other, double z) {
  const double estimate = one.value - other.value, error = std::sqrt(one.variance + other.variance);
  return {estimate, estimate - z * error, estimate + z * error, error, two_sided_p(estimate / error)};
}

Contrast ratio(const RestrictedMean& one, const RestrictedMean& other, double z) {
  return ratio_of(one.value, one.variance, other.value, other.variance, z);
}

Contrast ratio_of_lost(const RestrictedMean& one, const RestrictedMean& other, double z) {
  return ratio_of(one.lost(), one.variance, other.lost(), other.variance, z);
}

}  // namespace sojourn::survival
