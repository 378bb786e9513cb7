// The formulas of a mixture cure (cure.hpp) over a lane type, with the same bits for each.
#pragma once

#include "base/elementary.hpp"
#include "distributions/cure.hpp"

namespace sojourn::distributions::cure_lanes {

// The mixture among those who are still event-free: cured and uncured shares, each with relative accuracy.
template <Lane L>
struct Shares {
  L cured, uncured;
};

template <Lane L>
[[nodiscard]] inline Shares<L> shares_at_start(const CureOn<L>& cure) {
  return {cure.fraction, 1.0 - cure.fraction};
}

template <Lane L>
[[nodiscard]] inline Shares<L> shares_after(const CureOn<L>& cure, const L& uncured_hazard) {
  const L p = cure.fraction, q = 1.0 - cure.fraction;
  const L odds = p / q * exp(uncured_hazard);  // cured to uncured; +inf when q = 0 or the uncured have died out
  const L other = q / p * exp(-uncured_hazard);
  const auto nobody_cured = p == 0.0, begun = uncured_hazard > 0.0;
  const L uncured = select(odds < infinity, 1.0 / (1.0 + odds), other / (1.0 + other));
  return {select(begun, select(nobody_cured, L(0.0), 1.0 / (1.0 + other)), p),
          select(begun, select(nobody_cured, L(1.0), uncured), q)};
}

// -log(p + q e^-g)
template <Lane L>
[[nodiscard]] inline L mixture_hazard(const Shares<L>& s, const L& g) {
  const L lost = s.uncured * expm1(-g);  // -(1 - S)
  const auto far = opposite(lost > -0.5);
  L result = -log1p(lost);
  if (any(far)) {
    const L growth = s.cured * expm1(g);
    const auto small = growth <= 1.0;
    L there = g - log1p(growth);
    if (any(opposite(small))) there = select(small, there, -log_of_sum(s.cured, s.uncured * exp(-g)));
    result = select(far, there, result);
  }
  return select(g > 0.0, select(s.cured == 0.0, g, result), L(0.0));
}

// g with mixture_hazard(g) = e; +inf for the cured
template <Lane L>
[[nodiscard]] inline L uncured_hazard_at(const Shares<L>& s, const L& e) {
  const L share = s.cured / s.uncured * expm1(e);
  const L g = select(share < 1.0, e - log1p(-share), L(infinity));
  return select(s.cured == 0.0, e, g);
}

// By the formulas of the law of the uncured.
template <Lane L>
[[nodiscard]] inline Shares<L> shares_at(const CureOn<L>& cure, const FormulasOn<L>& of, const Law& law, const L& s) {
  return shares_after(cure, cure.uncured_hazard_ratio * of.cumulative_hazard(law, s));
}

template <Lane L>
[[nodiscard]] inline L cumulative_hazard_between(const CureOn<L>& cure, const FormulasOn<L>& of, const Law& law,
                                                 const L& s0, const L& s1) {
  return mixture_hazard(shares_at(cure, of, law, s0), cure.uncured_hazard_ratio * of.between(law, s0, s1));
}

template <Lane L>
[[nodiscard]] inline L time_from_zero(const CureOn<L>& cure, const FormulasOn<L>& of, const Law& law, const L& e) {
  const L g = uncured_hazard_at(shares_at_start(cure), e);
  const auto uncured = g < infinity;
  if (!any(uncured)) return L(infinity);
  return select(uncured, of.time_from_zero(law, select(uncured, g, L(1.0)) / cure.uncured_hazard_ratio), L(infinity));
}

// With the shares at s0.
template <Lane L>
[[nodiscard]] inline L time_from(const CureOn<L>& cure, const Shares<L>& shares, const FormulasOn<L>& of,
                                 const Law& law, const L& s0, const L& e) {
  const L ratio = cure.uncured_hazard_ratio;
  const L g = uncured_hazard_at(shares, e);
  const auto uncured = g < infinity;
  if (!any(uncured)) return L(infinity);
  return select(uncured, of.time_from(law, s0, select(uncured, g, L(1.0)) / ratio), L(infinity));
}

template <Lane L>
[[nodiscard]] inline L time_from(const CureOn<L>& cure, const FormulasOn<L>& of, const Law& law, const L& s0,
                                 const L& e) {
  return time_from(cure, shares_at(cure, of, law, s0), of, law, s0, e);
}

}  // namespace sojourn::distributions::cure_lanes
