// How far out in its tail a test's statistic lies. Our own functions (base/special.hpp), the same on every machine.
#pragma once

#include <cmath>

#include "base/special.hpp"

namespace sojourn::survival {

// P(|Z| >= |z|), Z standard normal
[[nodiscard]] inline double two_sided_p(double z) {
  return sojourn::erfc(std::fabs(z) * 0x1.6a09e667f3bcdp-1);  // / sqrt(2)
}

// P(X >= x), X chi-squared with `degrees` of freedom: Q(degrees/2, x/2)
[[nodiscard]] inline double chi_squared_p(double x, int degrees) {
  if (!(x > 0)) return x == x ? 1 : x;
  return sojourn::exp(-gamma_hazards(gamma_shape(0.5 * degrees), 0.5 * x).cumulative);
}

}  // namespace sojourn::survival
