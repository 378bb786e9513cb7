// The normal distribution in cumulative-hazard space, branch-free over the lane type.
//   scaled_tail(a) = e^(a^2/2) (1 - Phi(a)), a >= 0: polynomials in 1/(1 + a) on eight parts
//   normal_cumulative_hazard(z) = -log(1 - Phi(z)), with relative accuracy over the whole line
//   normal_quantile_of_hazard(H) = z with -log(1 - Phi(z)) = H; normal_quantile(p) with Phi(z) = p
// The quantile of H is a polynomial on each octave of H, from 2^-54 to 2^13; beyond, the asymptotic series of
// -log(1 - Phi) is inverted. The quantile of p is (2p - 1) v g(v), v^2 = 1 - log(4 p (1 - p)), g a polynomial on each
// octave of v: accurate in both tails with one logarithm (after M. Giles, GPU Computing Gems 2, 2011).
// Measured relative errors: 7e-16 for H and h, 6e-16 for Phi and erfc, 5e-16 for both quantiles (that of H relative to
// max(|z|, 1)).
#pragma once

#include "base/elementary.hpp"
#include "base/special_quantile_table.hpp"
#include "base/special_tables.hpp"

namespace sojourn {

namespace detail {

inline constexpr double inverse_root_two_pi = 0x1.9884533d43651p-2;  // 1 / sqrt(2 pi)

// sum of terms[j][part] x^j, by pairs
template <int Count, Lane L>
[[nodiscard]] inline L polynomial_of_part(const double (&terms)[Count][8], const Word<L>& part, const L& x) {
  const L x2 = x * x, x4 = x2 * x2;
  const auto term = [&](int j) { return look_up(terms[j], part); };
  constexpr int top = (Count - 1) / 4 * 4;
  L sum = term(top);
  if constexpr (Count - top > 1) sum = sum + term(top + 1) * x;
  if constexpr (Count - top > 2) sum = sum + term(top + 2) * x2;
  if constexpr (Count - top > 3) sum = sum + (term(top + 3) * x) * x2;
  for (int j = top - 4; j >= 0; j -= 4) {
    sum = sum * x4 + ((term(j) + term(j + 1) * x) + (term(j + 2) + term(j + 3) * x) * x2);
  }
  return sum;
}

// -x^2 / 2 without rounding, |x| < 1e150
template <Lane L>
[[nodiscard]] inline HeadTail<L> minus_half_square(const L& x) {
  const L high = from_word(word_of(x) & std::uint64_t{0xffff'ffff'f800'0000U});
  const L low = x - high;
  const L head = x * x;
  return {-0.5 * head, -0.5 * (((high * high - head) + 2.0 * (high * low)) + low * low)};
}

// v g(v) for w = -log(4 p (1 - p)), w < 16383: the size of the quantile is this times |1 - 2p|
template <Lane L>
[[nodiscard]] inline L quantile_size(const L& w) {
  const L v = root(larger(smaller(w, L(16382.0)), L(0.0)) + 1.0);
  const Word<L> part = (word_of(v) >> 52) - std::uint64_t{1023};
  const L m = from_word((word_of(v) & std::uint64_t{0x000f'ffff'ffff'ffffU}) + std::uint64_t{0x3ff0'0000'0000'0000U});
  return v * polynomial_of_part<25, L>(constants::normal_quantile_terms, part, m - 1.5);
}

// The polynomial of 20 terms at &hazard_quantile_rows[0][0] + row
template <Lane L>
[[nodiscard]] inline L quantile_polynomial(const Word<L>& row, const L& x) {
  const auto four = [&](std::uint64_t j) {
    const double* c = constants::hazard_quantile_rows[0] + j;
    return (look_up(c, row) + look_up(c + 1, row) * x) + (look_up(c + 2, row) + look_up(c + 3, row) * x) * (x * x);
  };
  const L x4 = (x * x) * (x * x);
  return (four(0) + four(4) * x4) + (x4 * x4) * ((four(8) + four(12) * x4) + (x4 * x4) * four(16));
}

// z from H > 8000 and log(4 pi H): z^2 = y solves H = y/2 + log(2 pi y)/2 + 1/y - 5/(2 y^2) + 37/(3 y^3)
template <Lane L>
[[nodiscard]] inline L far_quantile(const L& hazard, const L& log_4_pi_hazard) {
  L y = 2.0 * hazard - log_4_pi_hazard;
  for (int step = 0; step < 2; ++step) {
    const L d = (y - 2.0 * hazard) / (2.0 * hazard);
    const L inverse = 1.0 / y;
    const L correction = d * (1.0 - d * (0.5 - d * (1.0 / 3.0)));  // log1p(d), |d| < 1e-3
    y = 2.0 * hazard - (log_4_pi_hazard + correction + inverse * (2.0 - inverse * (5.0 - inverse * (74.0 / 3.0))));
  }
  return root(y);
}

}  // namespace detail

// e^(a^2/2) (1 - Phi(a)) for a >= 0
template <Lane L>
[[nodiscard]] inline L scaled_tail(const L& a) {
  const L t = 1.0 / (1.0 + a);
  const L place = t * 8.0 - 0.5;
  const Word<L> part = nearest_integer(larger(smaller(place, L(7.0)), L(0.0)));
  return t * detail::polynomial_of_part<17, L>(constants::normal_tail_terms, part, place - small_integer(part));
}

// e^(-a^2/2), with a^2 not rounded
template <Lane L>
[[nodiscard]] inline L gaussian(const L& a) {
  return exp(detail::minus_half_square(smaller(magnitude(a), L(1000.0))));
}

// -log(1 - Phi(z)), and its derivative
template <Lane L>
[[nodiscard]] inline L normal_cumulative_hazard(const L& z) {
  const L a = magnitude(z);
  const L m = scaled_tail(a);
  const auto upper = z > 0.0;
  const L logarithm = log_of_sum(select(upper, m, L(1.0)), select(upper, L(0.0), -(gaussian(a) * m)));
  return select(z == z, select(upper, 0.5 * (a * a), L(0.0)) - logarithm, z);
}
template <Lane L>
[[nodiscard]] inline L normal_hazard(const L& z) {
  const L a = magnitude(z);
  const L m = scaled_tail(a), g = gaussian(a);
  const auto upper = z > 0.0;
  const L result =
      select(upper, L(detail::inverse_root_two_pi), detail::inverse_root_two_pi * g) / select(upper, m, 1.0 - g * m);
  return select(z == z, result, z);
}

// log(1 - Phi(z))
template <Lane L>
[[nodiscard]] inline L log_normal_sf(const L& z) {
  return -normal_cumulative_hazard(z);
}

// Phi(z)
template <Lane L>
[[nodiscard]] inline L normal_cdf(const L& z) {
  const L a = magnitude(z);
  const L q = gaussian(a) * scaled_tail(a);
  return select(z > 0.0, 1.0 - q, select(z == z, q, z));
}

// erfc(x) = 2 (1 - Phi(x sqrt(2)))
template <Lane L>
[[nodiscard]] inline L erfc(const L& x) {
  const L a = smaller(magnitude(x), L(1000.0));
  const HeadTail<L> half = detail::minus_half_square(a);
  const L q = 2.0 * (exp(HeadTail<L>{2.0 * half.head, 2.0 * half.tail}) * scaled_tail(a * 0x1.6a09e667f3bcdp+0));
  return select(x > 0.0, q, select(x == x, 2.0 - q, x));
}

namespace detail {

// normal_quantile_of_hazard for H below 2^-54 or beyond 8192, or NaN
template <Lane L>
[[nodiscard]] inline L rare_quantile(const L& hazard) {
  constexpr double four_pi = 0x1.921fb54442d18p+3, log_4 = 0x1.62e42fefa39efp+0;
  const L far = smaller(larger(hazard, L(8000.0)), L(1e300));
  const L large = select(hazard < infinity, far_quantile(far, log(four_pi * far)), hazard);
  const L small = -quantile_size(-log(smaller(hazard, L(0x1p-54))) - log_4);  // log(4 p (1 - p)) = log(4 H)
  const L inside = select(hazard > 1.0, large, small);
  return select(hazard > 0.0, inside, select(hazard == 0.0, L(-infinity), L(not_a_number)));
}

}  // namespace detail

// z with -log(1 - Phi(z)) = H, H >= 0: a polynomial on each octave of H
template <Lane L>
[[nodiscard]] inline L normal_quantile_of_hazard(const L& hazard) {
  const auto rare = opposite(both(hazard >= 0x1p-54, hazard < 8192.0));
  const Word<L> word = word_of(any(rare) ? select(rare, L(1.0), hazard) : hazard);
  const Word<L> row = ((word >> 52) - std::uint64_t{1023 - 54}) * std::uint64_t{20};
  const L m = from_word((word & std::uint64_t{0x000f'ffff'ffff'ffffU}) + std::uint64_t{0x3ff0'0000'0000'0000U});
  L z = detail::quantile_polynomial<L>(row, m - 1.5);
  if (any(rare)) [[unlikely]]
    z = select(rare, detail::rare_quantile(hazard), z);
  return z;
}

// z with Phi(z) = p
template <Lane L>
[[nodiscard]] inline L normal_quantile(const L& p) {
  const L w = -log(4.0 * p * (1.0 - p));
  const L z = (p + p - 1.0) * detail::quantile_size(w);
  const L edge = select(p == 0.0, L(-infinity), select(p == 1.0, L(infinity), L(not_a_number)));
  return select(both(p > 0.0, p < 1.0), z, edge);
}

}  // namespace sojourn
