// An auditor of budgets: the cumulative hazard of a declaration recomputed from a finished life, in 64-bit mantissas
// and with the C library's functions, without anything of the engine.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/world.hpp"

namespace sojourn::engine::testing {

// Distribution on its own clock.
struct Curve {
  std::function<long double(long double)> cumulative, hazard;  // H(s), h(s)
};
[[nodiscard]] Curve exponential_curve(long double rate);
[[nodiscard]] Curve weibull_curve(long double shape, long double scale);
[[nodiscard]] Curve gompertz_curve(long double shape, long double rate);
[[nodiscard]] Curve lognormal_curve(long double median, long double sdlog);
[[nodiscard]] Curve loglogistic_curve(long double shape, long double scale, long double odds_ratio = 1);
[[nodiscard]] Curve gamma_three_curve(long double rate);  // gamma with shape 3
[[nodiscard]] Curve piecewise_curve(std::vector<long double> breaks, std::vector<long double> rates);
[[nodiscard]] Curve cure_curve(long double fraction, Curve uncured, long double hazard_ratio = 1);

// One component of a hazard. What depends on the life is asked at a time t and holds until the next thing happens.
struct Part {
  std::function<Curve(const Life&, double at_risk)> curve;
  std::function<double(const Life&, double t)> origin;         // of the clock; NaN: it has not begun
  std::function<double(const Life&, double t)> factor = {};    // on the hazard; 1
  std::function<double(const Life&, double t)> slowness = {};  // time ratio; 1
  std::function<std::vector<double>(const Life&)> cuts = {};   // further times at which the factor changes
};

struct Audit {
  long double accumulated = 0;  // cumulative hazard
  long double slack = 0;        // what rounding of times may cost
};
// From `at_risk` to t. The slack is h ulp of the clock's time and of absolute time, summed over both ends of every
// stretch between changes.
[[nodiscard]] Audit audit(const Life& life, const std::vector<Part>& parts, double at_risk, double t);

// Every firing of `declaration` by patients 1 to n spends its budget: |H - E| <= 1e-12 E + 2 slack. Every episode that
// does not fire has budget left. `at_risk`: when the episode that ended, or would end, at t began. Returns firings.
std::size_t audit_lives(const World& world, const std::string& declaration, const std::vector<Part>& parts,
                        const std::function<double(const Life&, double t)>& at_risk, std::int64_t patients);

// When the state that the patient is in at t, or was in until t, was entered.
[[nodiscard]] double entry_before(const Life& life, double t);

}  // namespace sojourn::engine::testing
