#include "trial/size.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "base/special.hpp"

namespace sojourn::trial {

namespace {

constexpr int most_rounds = 4;
constexpr std::int64_t fewest_replicates = 50;     // to say anything about a power
constexpr std::int64_t most_patients = 100000000;  // what lies beyond is no size of a trial

std::int64_t total(const std::vector<std::int64_t>& sizes) {
  std::int64_t sum = 0;
  for (const std::int64_t one : sizes) sum += one;
  return sum;
}

// In the trial's proportions, at least one each, rounded up.
std::vector<std::int64_t> scaled(const model::Trial& trial, double factor) {
  std::vector<std::int64_t> sizes;
  for (const model::Trial::Arm& arm : trial.arms) {
    sizes.push_back(std::max<std::int64_t>(
        1, static_cast<std::int64_t>(std::ceil(static_cast<double>(arm.patients) * factor - 1e-9))));
  }
  return sizes;
}

std::int64_t events_for(const model::Trial& trial, const std::vector<std::int64_t>& sizes) {
  if (!trial.events) return 0;
  const double factor = static_cast<double>(total(sizes)) / static_cast<double>(trial.patients());
  return static_cast<std::int64_t>(std::ceil(static_cast<double>(*trial.events) * factor - 1e-9));
}

// What z at one size says of the size that is wanted: the factor between them, with its relative error.
struct Guess {
  double factor = missing, relative_error = missing;
};

Guess guess(const model::Trial& trial, const Spread& z) {
  const double mean = trial.sides == 2 ? std::fabs(z.mean) : z.mean;
  const double beta = normal_quantile(*trial.power), wanted = critical_value(trial) + z.sd * beta;
  if (!(mean > 2 * z.error()) || !(wanted > 0)) return {};
  const double of_mean = z.error() / mean;
  const double of_sd = beta * z.sd / std::sqrt(2 * static_cast<double>(z.n)) / wanted;
  return {(wanted / mean) * (wanted / mean), 2 * std::sqrt(of_mean * of_mean + of_sd * of_sd)};
}

std::vector<double> statistics(const model::Trial& trial, const Sample& sample, const std::vector<std::int64_t>& sizes,
                               std::int64_t replicates, const Each& each) {
  std::vector<double> z(static_cast<std::size_t>(replicates));
  const std::int64_t events = events_for(trial, sizes);
  each(replicates, [&](std::int64_t r) {
    z[static_cast<std::size_t>(r)] = test_statistic(trial, trial_of(trial, sample.replicate(sizes, r), events));
  });
  return z;
}

Share power_of(const model::Trial& trial, const std::vector<double>& z) {
  const auto rejected = std::count_if(z.begin(), z.end(), [&](double one) { return rejects(trial, one); });
  return share_of(rejected, static_cast<std::int64_t>(z.size()));
}

void set_limits(Size& size, double relative_error, double patients) {
  const double half = 1.959963984540054 * relative_error;
  size.lower = patients * std::max(0.0, 1 - half);
  size.upper = patients * (1 + half);
}

}  // namespace

Size size_for_power(const model::Trial& trial, const Sample& sample, const std::vector<double>& z, const Each& each) {
  Size size;
  std::vector<double> at_hand = z;
  double factor = 1;  // of the size at hand to the trial's own
  for (int round = 0; round < most_rounds; ++round) {
    const Spread spread = spread_of(at_hand);
    const Guess next = guess(trial, spread);
    if (!(next.factor * factor * static_cast<double>(trial.patients()) < static_cast<double>(most_patients))) {
      size.note = "no size was found: the replicates do not show that the second arm is better";
      if (trial.sides == 2) size.note = "no size was found: the replicates do not show that the arms differ";
      return size;
    }
    factor *= next.factor;
    size.patients = scaled(trial, factor);
    size.events = events_for(trial, size.patients);
    size.replicates = spread.n;
    set_limits(size, next.relative_error, factor * static_cast<double>(trial.patients()));
    const std::int64_t replicates = std::min(trial.replicates, sample.replicates(size.patients));
    if (replicates < fewest_replicates) {
      size.power = {};
      size.note = "not simulated at this size: the run has patients for " + std::to_string(replicates) +
                  (replicates == 1 ? " replicate" : " replicates") + " of it";
      return size;
    }
    at_hand = statistics(trial, sample, size.patients, replicates, each);
    size.power = power_of(trial, at_hand);
    if (size.power.lower <= *trial.power && *trial.power <= size.power.upper) return size;
  }
  size.note = "the power simulated at this size is not the one wanted";
  return size;
}

}  // namespace sojourn::trial
