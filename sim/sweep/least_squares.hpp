// The least sum of squares of functions whose values are dear and a little rough (estimates from patients who are the
// same at every point): a trust region of linear models. Slopes are found by differences once and then learnt from
// each step (Broyden, Math. Comp. 1965;19:577); each step is the minimum of the linear model within the bounds and the
// region, found by NLopt's SLSQP (Kraft 1988). No random numbers, no libm: the same bits on any machine.
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
  double goal = 0.1;          // stops where no residual is larger
  double least_gain = 0.001;  // or where fresh slopes promise no larger gain of half the sum of squares
  std::int64_t most_evaluations = 100;
};

struct LeastSquares {
  std::vector<double> at;
  std::int64_t evaluations = 0;
};

// Nothing: the functions have no value there.
using Residuals = std::function<std::optional<std::vector<double>>(const std::vector<double>& at)>;

// Nothing if there are no values at the start.
[[nodiscard]] std::optional<LeastSquares> least_squares(const std::vector<SearchVariable>& variables,
                                                        const Residuals& residuals, const SearchRules& rules);

}  // namespace sojourn::sweep
