#include "survival/hazard_ratio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/elementary.hpp"

namespace sojourn::survival {

namespace {

struct Slope {
  double score = 0, information = 0;
};

// Of d events at one time the l-th is taken from a risk set in which each of them still counts by 1 - l/d.
Slope slope_at(std::span<const RiskTable> strata, double b) {
  const double factor = sojourn::exp(b);
  Slope sum;
  for (const RiskTable& table : strata) {
    for (std::size_t k = 0; k < table.size(); ++k) {
      const auto d0 = static_cast<double>(table.events(k, 0)), d1 = static_cast<double>(table.events(k, 1));
      const auto n0 = static_cast<double>(table.at_risk(k, 0)), n1 = static_cast<double>(table.at_risk(k, 1));
      const double d = d0 + d1;
      sum.score += d1;
      for (double l = 0; l < d; ++l) {
        const double other = n0 - l / d * d0, one = factor * (n1 - l / d * d1), share = one / (one + other);
        sum.score -= share;
        sum.information += share * (1 - share);
      }
    }
  }
  return sum;
}

bool events_in_both(std::span<const RiskTable> strata) {
  std::int64_t events[2] = {0, 0};
  for (const RiskTable& table : strata) {
    for (std::size_t k = 0; k < table.size(); ++k) {
      for (const int g : {0, 1}) events[g] += table.events(k, g);
    }
  }
  return events[0] > 0 && events[1] > 0;
}

}  // namespace

HazardRatio hazard_ratio(std::span<const RiskTable> strata) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!events_in_both(strata)) return {none, none};
  double b = 0;
  for (int round = 0; round < 50; ++round) {
    const Slope at = slope_at(strata, b);
    if (!(at.information > 0)) return {none, none};
    const double step = std::clamp(at.score / at.information, -1.0, 1.0);
    b += step;
    if (std::fabs(b) > 30) return {none, none};  // within strata the events are in one group
    if (std::fabs(step) < 1e-10) break;
  }
  return {b, 1 / std::sqrt(slope_at(strata, b).information)};
}

}  // namespace sojourn::survival
