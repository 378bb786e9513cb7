#include "trial/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "outcomes/interval.hpp"

namespace sojourn::trial {

namespace {

// Between the two values on either side of (n - 1) p (Hyndman and Fan's type 7).
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

double Spread::error() const {
  return sd / std::sqrt(static_cast<double>(n));
}

Spread spread_of(std::span<const double> values) {
  std::vector<double> known;
  for (const double one : values) {
    if (one == one) known.push_back(one);
  }
  Spread result;
  result.n = static_cast<std::int64_t>(known.size());
  if (known.empty()) return result;
  double sum = 0, squares = 0;
  for (const double one : known) sum += one;
  result.mean = sum / static_cast<double>(known.size());
  for (const double one : known) squares += (one - result.mean) * (one - result.mean);
  if (known.size() > 1) result.sd = std::sqrt(squares / static_cast<double>(known.size() - 1));
  std::sort(known.begin(), known.end());
  result.low = quantile(known, 0.025);
  result.median = quantile(known, 0.5);
  result.high = quantile(known, 0.975);
  return result;
}

Share share_of(std::int64_t count, std::int64_t n) {
  if (n == 0) return {};
  const double p = static_cast<double>(count) / static_cast<double>(n);
  const outcomes::Interval limits = outcomes::proportion_interval(count, n);
  return {n, p, std::sqrt(p * (1 - p) / static_cast<double>(n)), limits.lower, limits.upper};
}

}  // namespace sojourn::trial
