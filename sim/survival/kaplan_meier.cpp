#include "survival/kaplan_meier.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::survival {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double tolerance = 1.5e-8;  // two probabilities closer than this are the same

// The first time at which the values of a curve are highest among those up to `bound`; NaN if none are.
double time_of_highest(std::span<const Step> curve, std::span<const double> values, double bound) {
  std::size_t best = values.size();
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (values[k] <= bound && (best == values.size() || values[k] > values[best])) best = k;
  }
  return best < values.size() ? curve[best].time : none;
}

double quantile_of(std::span<const Step> curve, std::span<const double> values, double p) {
  const double level = 1 - p, first = time_of_highest(curve, values, level + tolerance);
  const double after = time_of_highest(curve, values, level - tolerance);
  return 0.5 * (first + (std::isnan(after) && !curve.empty() ? curve.back().time : after));
}

}  // namespace

std::vector<Step> kaplan_meier(const RiskTable& table, int group) {
  std::vector<Step> curve;
  curve.reserve(table.size());
  double survival = 1, greenwood = 0, hazard = 0, hazard_variance = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const std::int64_t d = table.events(k, group), c = table.censored(k, group);
    if (d + c == 0) continue;
    const auto n = static_cast<double>(table.at_risk(k, group)), events = static_cast<double>(d);
    if (d > 0) {
      survival *= (n - events) / n;
      greenwood += events / (n * (n - events));  // infinite when the last ones have the event
      hazard += events / n;
      hazard_variance += events / (n * n);
    }
    const double error = survival > 0 ? survival * std::sqrt(greenwood) : none;
    curve.push_back(
        {table.time(k), table.at_risk(k, group), d, c, survival, error, hazard, std::sqrt(hazard_variance)});
  }
  return curve;
}

Step step_at(std::span<const Step> curve, double time) {
  const auto after =
      std::upper_bound(curve.begin(), curve.end(), time, [](double t, const Step& step) { return t < step.time; });
  return after == curve.begin() ? Step{} : *(after - 1);
}

double quantile(std::span<const Step> curve, double p) {
  std::vector<double> values;
  for (const Step& step : curve) values.push_back(step.survival);
  return quantile_of(curve, values, p);
}

Interval quantile_interval(std::span<const Step> curve, double p, Scale scale, double z) {
  std::vector<double> lower, upper;
  for (const Step& step : curve) {
    const Interval limits = interval(scale, step.survival, step.error, z);
    lower.push_back(limits.lower);
    upper.push_back(limits.upper);
  }
  return {quantile_of(curve, lower, p), quantile_of(curve, upper, p)};
}

}  // namespace sojourn::survival
