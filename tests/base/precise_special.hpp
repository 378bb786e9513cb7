// Special functions in reference arithmetic, by plain series and continued fractions unlike those of sim/base:
// -log(1 - Phi(z)), -log Q(a, x), I_x(a, b) and 1 - I. About 30 digits are left after cancellation.
#pragma once

#include <boost/math/special_functions/gamma.hpp>

#include "precise.hpp"

namespace sojourn::test {

inline Precise precise_root_two_pi() {
  return sqrt(8 * atan(Precise(1)));
}

// 1 - Phi(a), a >= 0, times e^(a^2/2): Taylor's series below 9 (loses e^(a^2/2)), Laplace's fraction from there
inline Precise precise_scaled_tail(const Precise& a) {
  if (a < 9) {
    Precise term = a, sum = a;
    for (int n = 1; term > sum * Precise("1e-52"); ++n) {
      term *= a * a / (2 * n + 1);
      sum += term;
    }
    return exp(a * a / 2) / 2 - sum / precise_root_two_pi();
  }
  Precise fraction = a;
  for (int k = 250; k > 0; --k) fraction = a + k / fraction;
  return 1 / (fraction * precise_root_two_pi());
}

inline Precise precise_normal_hazard(const Precise& z) {
  const Precise a = abs(z);
  if (z > 0) return a * a / 2 - log(precise_scaled_tail(a));
  return -boost::multiprecision::log1p(Precise(-exp(-a * a / 2) * precise_scaled_tail(a)));
}

// -log Q(a, x). The fraction needs terms in the order of sqrt(a) just above x = a, so the series (which loses as many
// digits as Q is small) goes on for ten standard deviations.
inline Precise precise_gamma_hazard(const Precise& a, const Precise& x) {
  if (x == 0) return 0;
  const Precise log_density = a * log(x) - x - boost::math::lgamma(Precise(a + 1));
  if (x < a + 30 + 10 * sqrt(a)) {
    Precise term = 1, sum = 1;
    for (int n = 1; term > sum * Precise("1e-52"); ++n) {
      term *= x / (a + n);
      sum += term;
    }
    return -boost::multiprecision::log1p(Precise(-exp(log_density) * sum));
  }
  Precise fraction = 0;  // Q = a D / (x + 1 - a - 1 (1 - a)/(x + 3 - a - ...)), evaluated from behind
  for (int k = 400 + static_cast<int>(2 * sqrt(a)); k > 0; --k) fraction = k * (a - k) / (x + 2 * k + 1 - a + fraction);
  return -(log_density + log(a) - log(x + 1 - a + fraction));
}

// -log P(a, x), the other tail
inline Precise precise_inverse_gamma_hazard(const Precise& a, const Precise& x) {
  const Precise upper = precise_gamma_hazard(a, x);
  if (upper > 40) return -boost::multiprecision::log1p(Precise(-exp(-upper)));
  return -log(-boost::multiprecision::expm1(Precise(-upper)));
}

// I_x(a, b) by the series of positive terms x^a y^b / (a B(a, b)) (1 + (a+b)/(a+1) x + ...)
inline Precise precise_beta(const Precise& a, const Precise& b, const Precise& x, const Precise& y) {
  Precise term = 1, sum = 1;
  for (int n = 0; term > sum * Precise("1e-45"); ++n) {
    term *= (a + b + n) / (a + 1 + n) * x;
    sum += term;
  }
  const Precise log_beta = boost::math::lgamma(a) + boost::math::lgamma(b) - boost::math::lgamma(Precise(a + b));
  return exp(a * log(x) + b * log(y) - log_beta) * sum / a;
}

}  // namespace sojourn::test
