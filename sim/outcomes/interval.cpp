#include "outcomes/interval.hpp"

#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/special_normal.hpp"

namespace sojourn::outcomes {

namespace {

constexpr double log_of_one_fortieth = -3.6888794541139363;  // log 0.025

}  // namespace

double simultaneous_quantile(std::size_t comparisons) {
  return comparisons < 2 ? normal_quantile_975 : normal_quantile(1 - 0.025 / static_cast<double>(comparisons));
}

double unseen_share(double n, double tail) {
  return -sojourn::expm1((tail == 0.025 ? log_of_one_fortieth : sojourn::log(tail)) / n);
}

Interval proportion_interval(Int128 k, Int128 n) {
  const double count = to_double(n);
  if (k == 0) return {0, unseen_share(count)};
  if (k == n) return {1 - unseen_share(count), 1};
  const double z2 = normal_quantile_975 * normal_quantile_975;
  const double p = to_double(k) / count;
  const double scale = 1 / (1 + z2 / count);
  const double middle = (p + z2 / (2 * count)) * scale;
  const double variance = to_double(k) * to_double(n - k) / (count * count * count) + z2 / (4 * count * count);
  const double half = normal_quantile_975 * std::sqrt(variance) * scale;
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Interval constant_interval(double value, const Bounds& bounds, double n, double tail) {
  const double q = unseen_share(n, tail);
  return {value - q * (value - bounds.least), value + q * (bounds.most - value)};
}

Interval normal_interval(double estimate, double se, const Bounds& bounds, double z) {
  const double half = z * se;
  return {std::max(bounds.least, estimate - half), std::min(bounds.most, estimate + half)};
}

Interval survival_interval(model::IntervalScale scale, double probability, double se) {
  using survival::Scale;
  constexpr Scale scales[] = {Scale::plain, Scale::log, Scale::log_log};
  return survival::interval(scales[static_cast<std::size_t>(scale)], probability, se);
}

}  // namespace sojourn::outcomes
