// Elementary functions of our own: exp, expm1, log, log1p, pow, logistic, logit. glibc picks fused or plain code at run
// time and its last bits differ between machines; these use + - * / and bit casts only, so they do not, and they are
// templates over the lane type, branch-free but for a check that no lane is an edge case. Largest errors found against
// 113-bit arithmetic (tests/base), in ulp: exp 0.52, expm1 0.55, log 0.52, log1p 0.56, pow 0.53, logistic 1.6,
// logit 1.6. NaN gives NaN, except pow(x, 0) = 1. Method: exp by k ln2 + r and a polynomial on |r| <= ln2/2; log by a
// table of 128 reciprocals with few bits, so that r = z/c - 1 is exact (P. T. P. Tang, ACM TOMS 16, 1990), carried in
// head and tail where pow needs it.
#pragma once

#include "base/elementary_tables.hpp"
#include "base/lane.hpp"

namespace sojourn {

// A number as an unevaluated sum; |tail| << |head|, but the head alone need not be the rounded sum.
template <Lane L>
struct HeadTail {
  L head, tail;
};

namespace detail {

// 2^k for a word k in [-1022, 1023]
template <Lane L>
[[nodiscard]] inline L power_of_two(const Word<L>& k) {
  return from_word((k + std::uint64_t{1023}) << 52);
}

template <Lane L>
struct ExpReduction {
  Word<L> k;   // e^x = 2^k scale (1 + p)
  L scale, p;  // scale = 2^(i/128), 0 <= i < 128
};

template <Lane L>
[[nodiscard]] inline ExpReduction<L> reduce_exp(const L& head, const L& tail, const L& sum) {
  const auto& c = constants::exp_terms;
  const L shifted = sum * 0x1.71547652b82fep+7 + 0x1.8p52;
  const L n = shifted - 0x1.8p52;
  const Word<L> integer = word_of(shifted) - std::uint64_t{0x4338'0000'0000'0000U};
  const Word<L> row = integer & std::uint64_t{127};
  const L r = (head - n * 0x1.62e42fefa0000p-8) - (n * 0x1.cf79abc9e3b39p-47 - tail);
  const L r2 = r * r;
  const L p = (look_up(constants::exp_rows, row, &constants::ExpRow::tail) + r) + r2 * (c[0] + c[1] * r) +
              (r2 * r2) * (c[2] + c[3] * r);
  return {shift_right_signed(integer, 7), look_up(constants::exp_rows, row, &constants::ExpRow::head), p};
}

// e^x for |x| < 690, sum = x.head + x.tail
template <Lane L>
[[nodiscard]] inline L exp_inside(const HeadTail<L>& x, const L& sum) {
  const auto [k, scale, p] = reduce_exp<L>(x.head, x.tail, sum);
  const L power = from_word(word_of(scale) + (k << 52));
  return power + power * p;
}

// e^x where e^x may be subnormal, 0 or infinite, or x NaN: 2^k in two steps
template <Lane L>
[[nodiscard]] inline L exp_far(const HeadTail<L>& x) {
  const L head = larger(smaller(x.head, L(720.0)), L(-760.0));
  const L tail = select(head == x.head, x.tail, L(0.0));
  const auto [k, scale, p] = reduce_exp<L>(head, tail, head + tail);
  const Word<L> half = shift_right_signed(k, 1);
  const L result = (scale + scale * p) * power_of_two<L>(half) * power_of_two<L>(k - half);
  return select(x.head == x.head, result, x.head);
}

}  // namespace detail

// e^(head + tail)
template <Lane L>
[[nodiscard]] inline L exp(const HeadTail<L>& x) {
  L result = detail::exp_inside(x, x.head + x.tail);
  const auto rare = opposite(magnitude(x.head) < 690.0);
  if (any(rare)) [[unlikely]]
    result = select(rare, detail::exp_far(x), result);
  return result;
}
template <Lane L>
[[nodiscard]] inline L exp(const L& x) {
  L result = detail::exp_inside(HeadTail<L>{x, 0.0}, x);
  const auto rare = opposite(magnitude(x) < 690.0);
  if (any(rare)) [[unlikely]]
    result = select(rare, detail::exp_far(HeadTail<L>{x, 0.0}), result);
  return result;
}

// e^x - 1, accurate near 0: x = k ln2 + r, |r| <= ln2/2; (2^k - 1) + 2^k (r + q), first two terms without rounding
template <Lane L>
[[nodiscard]] inline L expm1(const L& x) {
  const auto& c = constants::expm1_terms;
  const L shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52;
  const L k = shifted - 0x1.8p52;
  const L high = x - k * 0x1.62e42fefa0000p-1, low = k * 0x1.cf79abc9e3b39p-40;
  const L r = high - low;
  const L r2 = r * r, r4 = r2 * r2;
  const L p = ((c[0] + c[1] * r) + r2 * (c[2] + c[3] * r)) +
              r4 * (((c[4] + c[5] * r) + r2 * (c[6] + c[7] * r)) + r4 * (c[8] + c[9] * r));
  const L q = r2 * p + ((high - r) - low);
  const L scale = detail::power_of_two<L>(word_of(shifted) - std::uint64_t{0x4338'0000'0000'0000U});
  const L start = scale - 1.0, step = scale * r;
  const L head = start + step;
  L result = head + (((start - head) + step) + scale * q);
  const auto rare = opposite(both(magnitude(x) > 0x1p-54, magnitude(x) < 700.0));
  if (any(rare)) [[unlikely]] {
    const L far = select(x < 0.0, L(-1.0), exp(x));
    result = select(rare, select(magnitude(x) <= 0x1p-54, x, far), result);
  }
  return result;
}

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
[[nodiscard]] inline LogReduction<L> reduce_log(const L& x) {
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
[[nodiscard]] inline L log_polynomial(const L& r, const L& r2) {
  const auto& c = constants::log_terms;
  return (c[0] + c[1] * r) + r2 * ((c[2] + c[3] * r) + r2 * ((c[4] + c[5] * r) + r2 * c[6]));
}

// log(x) + correction from the reduction of x, |correction| << 1
template <Lane L>
[[nodiscard]] inline L finish_log(const LogReduction<L>& z, const L& correction) {
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

// 1 / (1 + e^-x)
template <Lane L>
[[nodiscard]] inline L logistic(const L& x) {
  const L small = exp(-magnitude(x));
  return select(x >= 0.0, L(1.0), small) / (1.0 + small);
}

// log(p / (1 - p)), accurate near 1/2
template <Lane L>
[[nodiscard]] inline L logit(const L& p) {
  const L rest = 1.0 - p;
  const auto middle = both(p > 0.25, p < 0.75);
  const L result = log_of_sum(select(middle, L(1.0), p / rest), select(middle, ((p + p) - 1.0) / rest, L(0.0)));
  return select(p == 1.0, L(infinity), result);
}

}  // namespace sojourn
