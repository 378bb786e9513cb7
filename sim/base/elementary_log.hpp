// log, log1p, the log of a sum that is not rounded, and log as head and tail. x = 2^k z; a table of 128 reciprocals
// with at most 9 bits makes r = z/c - 1 exact (P. T. P. Tang, ACM TOMS 16, 1990); then a polynomial on |r| <= 2^-7.
// Largest errors: log 0.52 ulp, log1p and log_of_sum 0.9 ulp, log_head_tail 2^-67 relative.
#pragma once

#include "base/elementary_exp.hpp"

namespace sojourn {

namespace detail {

template <Lane L>
struct LogReduction {
  L k, inverse, head, tail;  // x = 2^k z, log z = head + tail + log1p(r), inverse ~ 1/z
  L r, r_high, r_low;        // r = r_high + r_low, exact; r_high^2 exact
};

// 2^54 x and -54 where x is subnormal, x and 0 elsewhere
template <Lane L>
struct Normal {
  L x, k;
};
template <Lane L>
[[nodiscard]] inline Normal<L> as_normal(const L& x) {
  const auto subnormal = x < 0x1p-1022;
  return {select(subnormal, x * 0x1p54, x), select(subnormal, L(-54.0), L(0.0))};
}
// Not a normal positive number
template <Lane L>
[[nodiscard]] inline Mask<L> outside_normal(const L& x) {
  return word_of(x) - std::uint64_t{0x0010'0000'0000'0000U} >= std::uint64_t{0x7fe0'0000'0000'0000U};
}

// For a normal x > 0; anything else gives a number without meaning.
template <Lane L>
SOJOURN_INSTRUCTION [[nodiscard]] inline LogReduction<L> reduce_log(const L& x) {
  const Word<L> ix = word_of(x);
  const Word<L> from_start = ix - std::uint64_t{0x3fe6'0000'0000'0000U};
  const Word<L> row = (from_start >> 45) & std::uint64_t{127};
  const L z = from_word(ix - (from_start & std::uint64_t{0xfff0'0000'0000'0000U}));
  const L z_high = from_word((word_of(z) + std::uint64_t{0x8000'0000U}) & std::uint64_t{0xffff'ffff'0000'0000U});
  LogReduction<L> result;
  result.k = small_integer(shift_right_signed(from_start, 52));
  result.inverse = look_up(constants::log_rows, row, &constants::LogRow::inverse);
  result.head = look_up(constants::log_rows, row, &constants::LogRow::head);
  result.tail = look_up(constants::log_rows, row, &constants::LogRow::tail);
  result.r_high = z_high * result.inverse - 1.0;
  result.r_low = (z - z_high) * result.inverse;
  result.r = result.r_high + result.r_low;
  return result;
}

// (log1p(r) - r + r^2/2) / r^3
template <Lane L>
SOJOURN_INSTRUCTION [[nodiscard]] inline L log_polynomial(const L& r, const L& r2) {
  const auto& c = constants::log_terms;
  return (c[0] + c[1] * r) + r2 * ((c[2] + c[3] * r) + r2 * ((c[4] + c[5] * r) + r2 * c[6]));
}

// log(x) + correction from the reduction of x, |correction| << 1
template <Lane L>
SOJOURN_INSTRUCTION [[nodiscard]] inline L finish_log(const LogReduction<L>& z, const L& correction) {
  const L start = z.k * 0x1.62e42fefa3800p-1 + z.head;
  const L head = start + z.r;
  const L r2 = z.r * z.r;
  const L tail = ((start - head) + z.r) + ((z.k * 0x1.ef35793c76730p-45 + z.tail) + correction);
  return head + (tail + r2 * (z.r * log_polynomial(z.r, r2) - 0.5));
}

// log x for x that is subnormal, 0, negative, infinite or NaN
template <Lane L>
[[nodiscard]] inline L log_rare(const L& x) {
  const Normal<L> n = as_normal(x);
  const L low = select(x == 0.0, L(-infinity), L(not_a_number));
  LogReduction<L> z = reduce_log(n.x);
  z.k = z.k + n.k;
  return select(x > 0.0, select(x < infinity, finish_log(z, L(0.0)), L(infinity)), low);
}

}  // namespace detail

// log x; -inf at 0, NaN below
template <Lane L>
[[nodiscard]] inline L log(const L& x) {
  L result = detail::finish_log(detail::reduce_log(x), L(0.0));
  const auto rare = detail::outside_normal(x);
  if (any(rare)) [[unlikely]]
    result = select(rare, detail::log_rare(x), result);
  return result;
}

// log(a + b) for |b| <= |a|, without rounding the sum
template <Lane L>
[[nodiscard]] inline L log_of_sum(const L& a, const L& b) {
  const L sum = a + b;
  const L lost = b - (sum - a);
  const detail::LogReduction<L> z = detail::reduce_log(sum);
  // lost / sum to 15 bits: 1/sum = 2^-k inverse / (1 + r)
  const L scale = from_word((std::uint64_t{1023} << 52) - (word_of(z.k + 0x1.8p52) << 52));
  L result = detail::finish_log(z, lost * (scale * (z.inverse * (1.0 - z.r))));
  const auto rare = opposite(both(sum >= 0x1p-1000, sum < 0x1p1000));
  if (any(rare)) [[unlikely]]
    result = select(rare, log(sum), result);
  return result;
}

// log(1 + x), accurate near 0
template <Lane L>
[[nodiscard]] inline L log1p(const L& x) {
  const auto small = magnitude(x) <= 1.0;
  const L result = log_of_sum(select(small, L(1.0), x), select(small, x, L(1.0)));
  return select(magnitude(x) < 0x1p-54, x, result);
}

namespace detail {

template <Lane L>
[[nodiscard]] inline HeadTail<L> finish_log_head_tail(const LogReduction<L>& z) {
  const L start = z.k * 0x1.62e42fefa3800p-1 + z.head;
  const L sum = start + z.r;
  const L lost = (start - sum) + z.r;
  const L half_square = (-0.5 * z.r_high) * z.r_high;
  const L head = sum + half_square;
  const L lost_too = ((sum - head) + half_square) + (-0.5 * z.r_low) * (z.r + z.r_high);
  const L r2 = z.r * z.r;
  const L rest = r2 * z.r * log_polynomial(z.r, r2);
  return {head, ((z.k * 0x1.ef35793c76730p-45 + z.tail) + lost) + (lost_too + rest)};
}

}  // namespace detail

// log x as head + tail with a relative error of the sum below 2^-67, for normal x > 0; |tail| < 2^-14 |head|
template <Lane L>
[[nodiscard]] inline HeadTail<L> log_head_tail(const L& x) {
  return detail::finish_log_head_tail(detail::reduce_log(x));
}

}  // namespace sojourn
