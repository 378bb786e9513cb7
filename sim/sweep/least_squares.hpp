// The least sum of squares of functions whose values are dear and a little rough (estimates from patients who are the
// same at every point): a trust region of linear models. Slopes are found by differences once and then learnt from
// each step (Broyden, Math. Comp. 1965;19:577); each step is the minimum of the linear model within the bounds and the
// region, found by NLopt's SLSQP (Kraft 1988). A local search: where it ends far off it begins again elsewhere, and the
// least that was found is taken. No random numbers, no libm: the same bits on any machine.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sojourn::sweep {

// Scaled so that a difference of 1 shows the slope.
struct SearchVariable {
  double start = 0, low = 0, high = 0;
};

struct SearchRules {
  double goal = 0.1;                    // stops where no residual is larger
  double least_gain = 0.001;            // or where fresh slopes promise no larger gain of half the sum of squares
  std::int64_t most_evaluations = 100;  // from each start
  double near_enough = 1;               // a residual that is larger is worth a search from other starts
};

// goal: no residual is larger than it; converged: nothing promises a gain any more; evaluations_used: it was cut short.
enum class Ended : std::uint8_t { goal, converged, evaluations_used };

struct LeastSquares {
  std::vector<double> at;
  std::int64_t evaluations = 0;  // from all starts
  Ended ended = Ended::goal;     // the search that found it
};

// Nothing: the functions have no value there.
using Residuals = std::function<std::optional<std::vector<double>>(const std::vector<double>& at)>;

// From the start; then, until all residuals are near enough, from the middle of the bounds and from their quarters.
// Nothing if there are no values at any of them.
[[nodiscard]] std::optional<LeastSquares> least_squares(const std::vector<SearchVariable>& variables,
                                                        const Residuals& residuals, const SearchRules& rules);

}  // namespace sojourn::sweep
