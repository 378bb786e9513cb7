#include "outcomes/samples.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.hpp"
#include "outcomes/acceptability.hpp"
#include "outcomes/results.hpp"

namespace sojourn::outcomes {

namespace {

using One = SampleEstimates::One;

// The variance behind a standard error. No error where no two patients differ: none of the noise shows. That of a
// proportion is p (1 - p) / n, of which the mean over samples is (n - 1)/n of the true one.
double noise_of(const Row& row, double value, double se) {
  if (std::isnan(value)) return missing;
  if (row.n < 2 || (row.method == Method::quantile && std::isnan(se))) return missing;
  if (std::isnan(se)) return 0;
  const auto n = static_cast<double>(row.n);
  return se * se * (row.method == Method::proportion ? n / (n - 1) : 1);
}

// Of sorted values, between neighbours (type 7 of R's quantile).
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// By the fourth moment: variance of B, carried over to sqrt(B - W).
double sd_error(const std::vector<double>& values, double mean, double between, double sd) {
  const auto n = static_cast<double>(values.size());
  double fourth = 0;
  for (const double x : values) fourth += (x - mean) * (x - mean) * (x - mean) * (x - mean);
  const double variance = (fourth / n - between * between * (n - 3) / (n - 1)) / n;
  return variance > 0 && sd > 0 ? std::sqrt(variance) / (2 * sd) : missing;
}

void set_parameter_sd(Spread& spread, const std::vector<double>& values, double between, double within, bool shared) {
  if (shared) {
    spread.parameter_sd = std::sqrt(between);
    spread.note = "the patients are shared: the sd is an upper bound";
  } else if (between > within) {
    spread.parameter_sd = std::sqrt(between - within);
  } else if (between < within) {
    spread.note = "smaller than the noise: use more patients a sample";
    return;
  } else {
    spread.parameter_sd = 0;
  }
  spread.parameter_sd_se = sd_error(values, spread.mean, between, spread.parameter_sd);
}

Spread spread_of(std::vector<double> values, const std::vector<double>& noise, bool shared) {
  Spread spread;
  spread.samples = static_cast<std::int64_t>(values.size());
  if (values.empty()) return spread;
  const auto n = static_cast<double>(values.size());
  double sum = 0, within = 0, squares = 0;
  for (const double x : values) sum += x;
  for (const double e : noise) within += e;
  spread.mean = sum / n;
  within /= n;
  spread.noise_sd = std::sqrt(within);
  if (values.size() > 1) {
    for (const double x : values) squares += (x - spread.mean) * (x - spread.mean);
    const double between = squares / (n - 1);
    spread.sample_sd = std::sqrt(between);
    spread.mean_se = std::sqrt(between / n + (shared ? within : 0));
    if (std::isnan(within)) {
      spread.note = "the noise within the samples is not known";
    } else {
      set_parameter_sd(spread, values, between, within, shared);
    }
  }
  std::sort(values.begin(), values.end());
  spread.low = quantile(values, 0.025);
  spread.median = quantile(values, 0.5);
  spread.high = quantile(values, 0.975);
  return spread;
}

}  // namespace

std::vector<One> SampleEstimates::of(const Results& sample, const Results& base) {
  const auto same = [](const Row& a, const Row& b) {
    return a.outcome == b.outcome && a.measure == b.measure && a.group == b.group && a.level == b.level;
  };
  if (!std::equal(sample.rows.begin(), sample.rows.end(), base.rows.begin(), base.rows.end(), same)) {
    throw InputError("the groups of an outcome depend on uncertain parameters; group by conditions that do not");
  }
  std::vector<One> found;
  found.reserve(sample.rows.size());
  for (const Row& row : sample.rows) {
    found.push_back({row.estimate, row.se, row.difference, row.difference_se, noise_of(row, row.estimate, row.se),
                     noise_of(row, row.difference, row.difference_se)});
  }
  return found;
}

SampleSummary SampleEstimates::summary(const Results& base, bool patients_shared) const {
  SampleSummary made;
  made.samples = static_cast<std::int64_t>(samples_.size());
  made.patients_shared = patients_shared;
  const std::size_t rows = samples_.empty() ? 0 : samples_.front().size();
  const auto over_samples = [&](std::size_t row, double One::*value, double One::*noise) {
    std::vector<double> values, noises;
    for (const auto& sample : samples_) {
      if (std::isnan(sample[row].*value)) continue;
      values.push_back(sample[row].*value);
      noises.push_back(sample[row].*noise);
    }
    Spread spread = spread_of(std::move(values), noises, patients_shared);
    if (spread.samples > 0 && spread.samples < made.samples) {
      const std::string some = "no estimate in " + std::to_string(made.samples - spread.samples) + " samples";
      spread.note = spread.note.empty() ? some : some + "; " + spread.note;
    }
    return spread;
  };
  for (std::size_t r = 0; r < rows; ++r) {
    made.estimates.push_back(over_samples(r, &One::estimate, &One::noise));
    made.differences.push_back(over_samples(r, &One::difference, &One::difference_noise));
  }
  if (rows > 0 && std::ranges::any_of(base.rows, [](const Row& row) { return row.kind == "cost_effectiveness"; })) {
    Acceptability found = acceptability_of(samples_, base, made.differences);
    made.acceptability = std::move(found.share);
    made.acceptability_corrected = std::move(found.corrected);
  }
  return made;
}

}  // namespace sojourn::outcomes
