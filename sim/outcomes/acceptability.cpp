#include "outcomes/acceptability.hpp"

#include <algorithm>
#include <cmath>

#include "outcomes/results.hpp"

namespace sojourn::outcomes {

namespace {

// Share of samples won by each of the strategies; `value`: of a strategy in a sample, NaN if unknown.
template <class Value>
std::vector<double> shares(std::size_t samples, std::size_t strategies, Value value) {
  std::vector<double> won(strategies, 0.0), values(strategies);
  double counted = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    for (std::size_t s = 0; s < strategies; ++s) values[s] = value(i, s);
    if (std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) continue;
    counted += 1;
    const double best = *std::max_element(values.begin(), values.end());
    const auto ties = static_cast<double>(std::count(values.begin(), values.end(), best));
    for (std::size_t s = 0; s < strategies; ++s) won[s] += values[s] == best ? 1 / ties : 0;
  }
  for (double& one : won) one = counted > 0 ? one / counted : missing;
  return won;
}

}  // namespace

Acceptability acceptability_of(const std::vector<std::vector<SampleEstimates::One>>& samples, const Results& base,
                               const std::vector<Spread>& differences) {
  const std::size_t strategies = base.strategies.size(), rows = base.rows.size();
  Acceptability made{std::vector<double>(rows, missing), std::vector<double>(rows, missing)};
  for (std::size_t first = 0; first + strategies <= rows; first += strategies) {
    if (!base.rows[first].measure.ends_with("net_benefit")) continue;
    const auto estimate = [&](std::size_t i, std::size_t s) { return samples[i][first + s].estimate; };
    const auto drawn_in = [&](std::size_t i, std::size_t s) {
      if (s == base.reference) return 0.0;
      const Spread& spread = differences[first + s];
      const double factor = spread.sample_sd > 0 ? spread.parameter_sd / spread.sample_sd : 1;
      return spread.mean + factor * (samples[i][first + s].difference - spread.mean);
    };
    const std::vector<double> share = shares(samples.size(), strategies, estimate);
    const std::vector<double> corrected = shares(samples.size(), strategies, drawn_in);
    std::copy(share.begin(), share.end(), made.share.begin() + static_cast<std::ptrdiff_t>(first));
    std::copy(corrected.begin(), corrected.end(), made.corrected.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return made;
}

}  // namespace sojourn::outcomes
