// exp, of a number and of an unevaluated sum, and expm1. e^x = 2^(n/128) e^r by a table of 128 powers and a polynomial
// of degree 5 on |r| <= ln2/256 (P. T. P. Tang, ACM TOMS 15, 1989); expm1 by k ln2 + r and degree 11 on |r| <= ln2/2.
// Largest errors: exp 0.52 ulp (0.76 where subnormal), expm1 1.05 ulp.
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

}  // namespace sojourn
