#include "base/elementary.hpp"
#include "base/number_text.hpp"
#include "distributions/families.hpp"
#include "distributions/tables.hpp"

namespace sojourn::distributions {

std::optional<LowerProblem> curve_problem(std::span<const double> times, std::span<const double> survival) {
  if (times.empty() || times.size() != survival.size()) return LowerProblem{0, "as many times as survivals", ""};
  for (std::size_t i = 0; i < times.size(); ++i) {
    const int at = static_cast<int>(i);
    if (!(times[i] >= 0 && times[i] < infinity))
      return LowerProblem{at, "a time of a curve is negative or infinite", ""};
    if (i > 0 && !(times[i] > times[i - 1])) return LowerProblem{at, "the times of a curve must rise", ""};
    const double before = i > 0 ? survival[i - 1] : 1;
    if (!(survival[i] >= 0 && survival[i] <= 1)) {
      return LowerProblem{at, "a survival of " + number_text(survival[i]) + " is no probability",
                          "it must lie between 0 and 1, not in per cent"};
    }
    if (survival[i] > before) {
      return LowerProblem{at, "the survival rises from " + number_text(before) + " to " + number_text(survival[i]),
                          "a curve falls or stays"};
    }
    if (times[i] == 0 && survival[i] != 1) {
      return LowerProblem{at, "the survival at time 0 is " + number_text(survival[i]), "a curve begins with 1"};
    }
    if (i > 0 && before == 0) return LowerProblem{at, "the curve goes on after a survival of 0", ""};
  }
  return std::nullopt;
}

std::vector<double> step_table(std::span<const double> times, std::span<const double> survival) {
  std::vector<double> at{0}, hazards{0};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] == 0) continue;
    at.push_back(times[i]);
    hazards.push_back(survival[i] < 1 ? -log(survival[i]) : 0);
  }
  at.insert(at.end(), hazards.begin(), hazards.end());
  return at;
}

Rates joined_curve(std::span<const double> times, std::span<const double> survival, double tail) {
  Rates made;
  double start = 0, before = 1;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] == 0) continue;
    made.breaks.push_back(start);
    made.rates.push_back(survival[i] < before ? -log1p((survival[i] - before) / before) / (times[i] - start) : 0);
    start = times[i];
    before = survival[i];
  }
  made.breaks.push_back(start);
  made.rates.push_back(tail);
  return made;
}

double last_hazard(std::span<const double> times, std::span<const double> survival) {
  const Rates made = joined_curve(times, survival, 0);
  return made.rates.size() > 1 ? made.rates[made.rates.size() - 2] : 0;
}

Law tabulated_law(std::span<const double> table, double tail) {
  Law law = law_of(tail);
  law.family = find_family(Tabulated::info.name).value();
  law.table = table;
  return law;
}

}  // namespace sojourn::distributions
