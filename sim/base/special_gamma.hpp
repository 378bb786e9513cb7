// The logarithm of the gamma function for x > 0, and what is left of it after Stirling's formula:
//   log_gamma(x); gamma_remainder(x) = log_gamma(x) - (x - 1/2) log x + x - log(2 pi)/2  (1/(12 x) - ... for large x)
// x < 15: polynomial in u = x - 1 on [0, 1] with the zeros at 1 and 2 taken out, and the recurrence; from 15 on
// Stirling's series (Abramowitz and Stegun 6.1.40). Measured: relative error of log_gamma 5e-16 (also near its zeros),
// absolute error of gamma_remainder 1e-14.
#pragma once

#include "base/elementary.hpp"
#include "base/special_tables.hpp"

namespace sojourn {

namespace detail {

inline constexpr double half_log_two_pi = 0x1.d67f1c864beb5p-1;

// Stirling's series for x >= 15
template <Lane L>
[[nodiscard]] inline L stirling_series(const L& x) {
  const L inverse = 1.0 / x;
  const L s = inverse * inverse;
  return inverse *
         (1.0 / 12 -
          s * (1.0 / 360 -
               s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360 -
                                                                          s * (1.0 / 156 - s * (3617.0 / 122400))))))));
}

// log_gamma(1 + u), 0 <= u <= 1
template <Lane L>
[[nodiscard]] inline L log_gamma_near(const L& u) {
  const L x = u - 0.5;
  L sum = L(constants::log_gamma_terms[22]);
  for (int j = 21; j >= 0; --j) sum = sum * x + constants::log_gamma_terms[j];
  return u * (u - 1.0) * sum;
}

// log_gamma(x) for 0 < x < 15: down to [2, 3) by the recurrence, all terms positive
template <Lane L>
[[nodiscard]] inline L log_gamma_small(const L& x) {
  L down = x, product = L(1.0);
  for (int step = 0; step < 12; ++step) {
    const auto high = down >= 3.0;
    down = select(high, down - 1.0, down);
    product = select(high, product * down, product);
  }
  const auto below_one = x < 1.0, from_two = down >= 2.0;
  const L u = select(from_two, down - 2.0, select(below_one, x, down - 1.0));
  const L logarithm = log(select(from_two, (down - 1.0) * product, select(below_one, x, L(1.0))));
  return log_gamma_near(u) + select(below_one, -logarithm, logarithm);
}

// log_gamma(x) for x >= 15
template <Lane L>
[[nodiscard]] inline L log_gamma_large(const L& x) {
  const L log_x = log(x);
  const L main = (x - 0.5) * log_x - x + (half_log_two_pi + stirling_series(x));
  return select(x > 1e300, x * (log_x - 1.0), main);
}

}  // namespace detail

// log of the gamma function, x > 0; +inf at 0, NaN below
template <Lane L>
[[nodiscard]] inline L log_gamma(const L& x) {
  const auto small = x < 15.0;
  const L result = select(small, detail::log_gamma_small(select(small, larger(x, L(0x1p-1022)), L(1.0))),
                          detail::log_gamma_large(select(small, L(15.0), x)));
  const L edge = select(x == 0.0, L(infinity), select(x == infinity, x, L(not_a_number)));
  return select(both(x > 0.0, x < infinity), result, edge);
}

// log_gamma(x) less Stirling's main part, x > 0
template <Lane L>
[[nodiscard]] inline L gamma_remainder(const L& x) {
  const auto large = x >= 15.0;
  const L inside = select(large, L(1.0), x);
  const L direct = log_gamma(inside) - ((inside - 0.5) * log(inside) - inside + detail::half_log_two_pi);
  return select(large, detail::stirling_series(select(large, x, L(15.0))), direct);
}

}  // namespace sojourn
