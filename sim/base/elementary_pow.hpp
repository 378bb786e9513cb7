// x^y = exp(y log x) with the exponent carried in head and tail (T. J. Dekker, 1971, without fused operations), so that
// the error stays at 0.52 ulp however large the exponent is; 0.76 where the result is subnormal.
#pragma once

#include "base/elementary_log.hpp"

namespace sojourn {

// y (head + tail) without rounding to one double, |y| <= 1e20
template <Lane L>
[[nodiscard]] inline HeadTail<L> times(const L& y, const HeadTail<L>& x) {
  constexpr std::uint64_t upper = 0xffff'ffff'f800'0000U;
  const L y_high = from_word(word_of(y) & upper), x_high = from_word(word_of(x.head) & upper);
  const L y_low = y - y_high, x_low = x.head - x_high;
  const L product = y * x.head;
  const L lost = (((y_high * x_high - product) + y_high * x_low) + y_low * x_high) + y_low * x_low;
  return {product, lost + y * x.tail};
}

namespace detail {

// x^y where x is not a normal positive number, or x^y not a normal one, or y NaN
template <Lane L>
[[nodiscard]] inline L pow_rare(const L& x, const L& y) {
  const L bounded = larger(smaller(y, L(1e20)), L(-1e20));
  const Normal<L> n = as_normal(select(both(x > 0.0, x < infinity), x, L(2.0)));
  LogReduction<L> z = reduce_log(n.x);
  z.k = z.k + n.k;
  const L inside = exp(times(bounded, finish_log_head_tail(z)));
  const auto grows = either(both(x > 1.0, y > 0.0), both(x < 1.0, y < 0.0));
  const L edge = select(grows, L(infinity), L(0.0));
  const L result = select(either(x == 0.0, x == infinity), edge, select(x >= 0.0, inside, L(not_a_number)));
  return select(y == 0.0, L(1.0), select(y == y, result, y));
}

}  // namespace detail

// x^y for x >= 0; NaN for x < 0. 0^y and inf^y are 0 or inf by the sign of y; x^0 = 1.
template <Lane L>
[[nodiscard]] inline L pow(const L& x, const L& y) {
  const HeadTail<L> exponent = times(y, log_head_tail(x));
  L result = detail::exp_inside(exponent, exponent.head + exponent.tail);
  const auto rare = either(detail::outside_normal(x), opposite(magnitude(exponent.head) < 690.0));
  if (any(rare)) [[unlikely]]
    result = select(rare, detail::pow_rare(x, y), result);
  return result;
}
template <Lane L>
[[nodiscard]] inline L pow(const L& x, double y) requires(!std::same_as<L, double>) {
  return pow(x, L(y));
}

}  // namespace sojourn
