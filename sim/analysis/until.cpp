#include "analysis/until.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"

namespace sojourn::analysis {

namespace {

constexpr std::int64_t first_look = std::int64_t{8} * engine::block_patients;
constexpr double spare = 1.05;  // more patients than the errors say, so that the next look is mostly the last
constexpr double most_growth = 8;

// The next look, after one at `patients` whose worst error is `excess` times the wanted one.
std::int64_t next_look(std::int64_t patients, double excess, std::int64_t most) {
  const double growth = std::clamp(spare * excess * excess, spare, most_growth);
  const double wanted = std::ceil(static_cast<double>(patients) * growth / engine::block_patients);
  const double limit = std::ceil(static_cast<double>(most) / engine::block_patients);
  return std::min(most, static_cast<std::int64_t>(std::min(wanted, limit)) * engine::block_patients);
}

}  // namespace

void check_precisions(std::span<const outcomes::Precision> wanted, const outcomes::Results& none) {
  for (const outcomes::Precision& one : wanted) one.check(none);
}

Reached run_until(std::span<const outcomes::Precision> wanted, std::int64_t most, const Looks& looks) {
  Reached reached;
  for (std::int64_t look = std::min(first_look, most);;) {
    reached.counts += looks.simulate(reached.patients + 1, look - reached.patients, look);
    reached.patients = look;
    reached.missed.clear();
    const outcomes::Results results = looks.rows();
    double excess = 0;
    for (const outcomes::Precision& one : wanted) {
      const outcomes::Precision::Worst worst = one.worst(results);
      excess = std::max(excess, worst.excess);
      if (worst.excess < 1) continue;
      reached.missed += one.text() + ": the error of " + worst.where + " is " +
                        (std::isfinite(worst.excess) ? fixed_text(worst.excess, 2) + " times that" : "not known") +
                        "\n";
    }
    if (excess < 1 || look == most) return reached;
    look = next_look(look, excess, most);
  }
}

}  // namespace sojourn::analysis
