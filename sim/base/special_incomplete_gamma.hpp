// The regularised incomplete gamma functions P(a, x) and Q = 1 - P, in cumulative-hazard space: H = -log Q(a, x), which
// stays accurate where Q underflows, its derivative in x, and the inverse x(H). a in [1e-6, 1e9], x >= 0.
// With D = x^a e^-x / Gamma(a + 1) from the deviance a (x/a - 1 - log(x/a)) (C. Loader, 2000), P = D (1 + x/(a+1) +
// ...) below a + 1 and Q = a D / (x + 1 - a - ...) above (Legendre's continued fraction, Lentz's method); for a < 1 and
// x < 1 Gautschi's series of Q (ACM TOMS 5, 1979). Loops stop lane by lane: a lane that has converged does not change
// any more, so the lanes of a pack give what a double gives. Measured relative error of H and
// its derivative 4e-14 (1e-14 for a < 1000), of x 1e-13 in H.
#pragma once

#include "base/special_gamma.hpp"
#include "base/special_normal.hpp"

namespace sojourn {

// What depends on the shape alone, made once: -log(a^a e^-a / Gamma(a + 1)) and log Gamma(a + 1).
struct GammaShape {
  double a, log_scale, log_gamma_of_next;
};
[[nodiscard]] inline GammaShape gamma_shape(double a) {
  return {a, gamma_remainder(a) + 0.5 * log(a) + detail::half_log_two_pi, log_gamma(a + 1.0)};
}

namespace detail {

// mean (t - 1 - log t) at t = x / mean, without cancellation near t = 1
template <Lane L>
[[nodiscard]] inline L deviance(const L& mean, const L& x) {
  const L r = (x - mean) / mean;
  const L y = r / (2.0 + r);
  const auto near_mean = magnitude(y) <= 0.2;
  const L y_near = select(near_mean, y, L(0.0));
  const L s = y_near * y_near;
  const auto& c = constants::atanh_terms;
  L sum = L(c[9]);
  for (int j = 8; j >= 0; --j) sum = sum * s + c[j];
  const L result = mean * (r * y_near - 2.0 * (s * y_near) * sum);
  return select(near_mean, result, (x - mean) - mean * log(x / mean));
}

// 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..., x < a + 1
template <Lane L>
[[nodiscard]] inline L lower_gamma_series(const L& a, const L& x) {
  L term = L(1.0), sum = L(1.0), n = a;
  auto active = x > 0.0;
  for (int i = 0; i < 500000 && any(active); ++i) {
    n = n + 1.0;
    term = term * (x / n);
    sum = select(active, sum + term, sum);
    active = both(active, term > sum * 0x1p-56);
  }
  return sum;
}

// 1 / (x + 1 - a - 1(1-a)/(x + 3 - a - 2(2-a)/(x + 5 - a - ...))), x >= a + 1 or so
template <Lane L>
[[nodiscard]] inline L upper_gamma_fraction(const L& a, const L& x) {
  L b = x + 1.0 - a;
  L c = L(0x1p900), d = 1.0 / b, product = d;
  auto active = x < infinity;
  for (int i = 1; i < 500000 && any(active); ++i) {
    const double k = i;
    const L numerator = -k * (k - a);
    b = b + 2.0;
    d = 1.0 / (numerator * d + b);
    c = b + numerator / c;
    const L factor = c * d;
    product = select(active, product * factor, product);
    active = both(active, magnitude(factor - 1.0) > 0x1p-52);
  }
  return product;
}

// Q(a, x) for a < 1, x < 1: -expm1(u) - e^u a (sum of (-x)^n / (n! (a + n))), e^u = x^a / Gamma(a + 1)
template <Lane L>
[[nodiscard]] inline L upper_gamma_small(const GammaShape& shape, const L& x) {
  const L u = shape.a * log(x) - shape.log_gamma_of_next;
  L term = L(1.0), sum = L(0.0);
  for (int n = 1; n < 20; ++n) {
    term = term * (-x / static_cast<double>(n));
    sum = sum + term / (shape.a + n);
  }
  return -expm1(u) - exp(u) * shape.a * sum;
}

}  // namespace detail

template <Lane L>
struct HazardPair {
  L cumulative, hazard;  // H and dH/dx
};

template <Lane L>
[[nodiscard]] inline HazardPair<L> gamma_hazards(const GammaShape& shape, const L& x_given) {
  const L x = smaller(larger(x_given, L(1e-300)), L(1e300));
  const L a = L(shape.a);
  const auto lower = x < a + 1.0;
  const L log_density = detail::deviance(a, x) + shape.log_scale;  // -log D
  const L density = exp(-log_density);
  const L p = density * detail::lower_gamma_series(a, select(lower, x, L(0.0)));
  const auto small = both(both(lower, p > 0.5), both(a < 1.0, x < 1.0));
  const L q_small = any(small) ? detail::upper_gamma_small(shape, select(small, x, L(0.5))) : L(1.0);
  const L fraction = detail::upper_gamma_fraction(a, select(lower, L(infinity), x));
  const L q_head = select(lower, select(small, q_small, L(1.0)), a * fraction);
  const L logarithm = log_of_sum(q_head, select(both(lower, opposite(small)), -p, L(0.0)));
  const L cumulative = select(lower, L(0.0), log_density) - logarithm;
  const L hazard = select(lower, (density * (a / x)) / select(small, q_small, 1.0 - p), 1.0 / (x * fraction));
  return {select(x_given > 0.0, select(x_given < infinity, cumulative, x_given), L(0.0)), hazard};
}

// x with -log Q(a, x) = H. Newton's method on log H over log x, which is nearly straight: slope a at 0, 1 far out.
template <Lane L>
[[nodiscard]] inline L gamma_quantile_of_hazard(const GammaShape& shape, const L& target) {
  const L wanted = smaller(larger(target, L(0x1p-1022)), L(1e300));
  const double nine = 1.0 / (9.0 * shape.a);
  const L cube_root = 1.0 - nine + normal_quantile_of_hazard(wanted) * std::sqrt(nine);  // Wilson and Hilferty
  const L from_zero = exp((log(-expm1(-wanted)) + shape.log_gamma_of_next) / shape.a);
  const auto wilson = both(cube_root > 0.3, L(shape.a) >= 0.5);
  L x = select(wilson, shape.a * (cube_root * cube_root * cube_root), select(wanted > 1.0, wanted, from_zero));
  x = larger(x, L(1e-300));
  auto active = x > 0.0;
  for (int i = 0; i < 60 && any(active); ++i) {
    const HazardPair<L> at = gamma_hazards(shape, x);
    const L step = log(wanted / at.cumulative) * (at.cumulative / (x * at.hazard));
    x = select(active, x * exp(larger(smaller(step, L(50.0)), L(-50.0))), x);
    active = both(active, both(magnitude(step) > 0x1p-50, x > 1e-300));
  }
  return select(target > 0.0, select(target < infinity, x, target), L(0.0));
}

// x with P(a, x) = p
template <Lane L>
[[nodiscard]] inline L gamma_quantile(const GammaShape& shape, const L& p) {
  return gamma_quantile_of_hazard(shape, -log1p(-p));
}
[[nodiscard]] inline double gamma_quantile(double shape, double p) {
  return gamma_quantile(gamma_shape(shape), p);
}

}  // namespace sojourn
