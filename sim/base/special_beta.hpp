// The regularised incomplete beta function I_x(a, b) and its inverse, for drawing beta attributes by inversion.
// a, b in [1e-6, 1e9]. Continued fraction (Numerical Recipes 6.4, Lentz's method) times the density from the two
// deviances (C. Loader, 2000); the inverse by Newton's method on logit I over logit x inside a shrinking bracket.
// Loops stop lane by lane. Measured relative error of the smaller of I and 1 - I: 2e-13.
#pragma once

#include "base/special_incomplete_gamma.hpp"

namespace sojourn {

// The two parameters, and log(sqrt(a b / (2 pi (a + b))) Gamma-remainders), made once.
struct BetaShape {
  double a, b, log_scale;
};
[[nodiscard]] inline BetaShape beta_shape(double a, double b) {
  const double remainders = gamma_remainder(a + b) - gamma_remainder(a) - gamma_remainder(b);
  return {a, b, remainders + 0.5 * (log(a) + log(b) - log(a + b)) - detail::half_log_two_pi};
}

namespace detail {

// the fraction K in I_x(a, b) = x^a (1-x)^b / (a B(a, b)) K, x below (a + 1)/(a + b + 2)
template <Lane L>
[[nodiscard]] inline L beta_fraction(const L& a, const L& b, const L& x) {
  L c = L(1.0), d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), product = d;
  auto active = x > 0.0;
  for (int i = 1; i < 500000 && any(active); ++i) {
    const double k = i;
    const L even = k * (b - k) * x / ((a + (2.0 * k - 1.0)) * (a + 2.0 * k));
    d = 1.0 / (1.0 + even * d);
    c = 1.0 + even / c;
    const L first = c * d;
    const L odd = -((a + k) * (a + b + k)) * x / ((a + 2.0 * k) * (a + (2.0 * k + 1.0)));
    d = 1.0 / (1.0 + odd * d);
    c = 1.0 + odd / c;
    const L second = c * d;
    product = select(active, product * first * second, product);
    active = both(active, magnitude(second - 1.0) > 0x1p-52);
  }
  return product;
}

}  // namespace detail

template <Lane L>
struct BetaParts {
  L below, above, density;  // I, 1 - I (each with its own relative accuracy), x^a y^b / B(a, b)
};

// y = 1 - x, given apart because either may be tiny
template <Lane L>
[[nodiscard]] inline BetaParts<L> incomplete_beta(const BetaShape& shape, const L& x, const L& y) {
  const double n = shape.a + shape.b;
  const L density = exp(shape.log_scale - (detail::deviance(L(shape.a), n * x) + detail::deviance(L(shape.b), n * y)));
  const auto swapped = x > (shape.a + 1.0) / (n + 2.0);
  const L a = select(swapped, L(shape.b), L(shape.a)), b = select(swapped, L(shape.a), L(shape.b));
  const L part = density / a * detail::beta_fraction(a, b, select(swapped, y, x));
  const L rest = 1.0 - part;
  return {select(swapped, rest, part), select(swapped, part, rest), density};
}
template <Lane L>
[[nodiscard]] inline L beta_cdf(const BetaShape& shape, const L& x) {
  const L inside = larger(smaller(x, L(1.0 - 0x1p-53)), L(0x1p-1022));
  const L result = incomplete_beta(shape, inside, 1.0 - inside).below;
  return select(x <= 0.0, L(0.0), select(x >= 1.0, L(1.0), result));
}

// x with logit I_x(a, b) = wanted, which names a place in either tail
template <Lane L>
[[nodiscard]] inline L beta_quantile_of_logit(const BetaShape& shape, const L& wanted) {
  L low = L(-700.0), high = L(700.0), v = L(log(shape.a / shape.b));
  v = larger(smaller(v, L(600.0)), L(-600.0));
  auto active = wanted == wanted;
  for (int i = 0; i < 200 && any(active); ++i) {
    const BetaParts<L> at = incomplete_beta(shape, logistic(v), logistic(-v));
    const L excess = log(at.below / at.above) - wanted;
    low = select(both(active, excess < 0.0), v, low);
    high = select(both(active, excess > 0.0), v, high);
    const L newton = v - excess * (at.below * at.above / at.density);
    const L next = select(both(newton > low, newton < high), newton, 0.5 * (low + high));
    const L step = next - v;
    v = select(active, next, v);
    active = both(active, both(magnitude(step) > 0x1p-51 * larger(magnitude(v), L(1.0)), excess != 0.0));
  }
  return logistic(v);
}

// x with I_x(a, b) = p
template <Lane L>
[[nodiscard]] inline L beta_quantile(const BetaShape& shape, const L& p) {
  const L inside = larger(smaller(p, L(1.0 - 0x1p-53)), L(0x1p-1022));
  const L x = beta_quantile_of_logit(shape, select(p == p, logit(inside), p));
  return select(p <= 0.0, L(0.0), select(p >= 1.0, L(1.0), select(p == p, x, p)));
}

[[nodiscard]] inline double beta_quantile(double a, double b, double p) {
  return beta_quantile(beta_shape(a, b), p);
}

}  // namespace sojourn
