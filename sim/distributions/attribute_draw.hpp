// One value of a patient's attribute by inversion of a uniform, for draws of numbers.
//   uniform a + u (b - a); normal a + b z, lognormal a e^(b z), logit_normal logistic(logit a + b z), z = Phi^-1(u);
//   gamma a/b times the quantile of gamma(shape b, 1); beta with shapes a, b; exponential -a log(1 - u);
//   weibull b (-log(1 - u))^(1/a); triangular from a to c with mode b; counts with mean a and dispersion b:
//   count_draw.hpp.
// With bounds: the value at F(min) + u (F(max) - F(min)), formed in cumulative hazard or in the nearer tail, so that an
// interval far out in either tail costs no digits. Without bounds the plain formulas above, to the bit.
#pragma once

#include <cstdint>

#include "base/lane.hpp"

namespace sojourn::distributions {

enum class DrawKind : std::uint8_t {
  value,
  uniform,
  normal,
  lognormal,
  logit_normal,
  beta,
  gamma,
  exponential,
  weibull,
  triangular,
  poisson,
  negative_binomial,
  categorical,
  probability
};

struct AttributeDraw {
  DrawKind kind = DrawKind::uniform;
  double a = 0, b = 0, c = 0;              // as above
  double min = -infinity, max = infinity;  // not of uniform and triangular
  [[nodiscard]] bool bounded() const { return min > -infinity || max < infinity; }
};

// 0 < u < 1. NaN where the distribution has no probability between the bounds.
[[nodiscard]] double drawn_at(const AttributeDraw& draw, double u);

// Shapes of a beta distribution with this mean and standard deviation; the sum of both is not positive where there is
// none: mean (1 - mean) / sd^2 - 1.
struct BetaShapes {
  double shape1, shape2, sum;
};
[[nodiscard]] BetaShapes beta_shapes(double mean, double sd);

}  // namespace sojourn::distributions
