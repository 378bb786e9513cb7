// Log-logistic: S = 1 / (1 + u), u = (s / scale)^shape, H = log(1 + u). Constants: shape, 1/shape, scale [years].
// log u is kept, so that neither u nor e^E overflows: H = max(log u, 0) + log1p(e^-|log u|), and
//   T = scale exp((E + log(1 - e^-E)) / shape),  from s0: T = s0 exp((E + log1p((1 - e^-E) / u0)) / shape).
// The scale is the median. An odds ratio r divides the odds of survival 1/u by r: scale -> scale r^(-1/shape).
// Source: flexsurv dllogis; S. Bennett, Applied Statistics 32, 1983.
#pragma once

#include "distributions/family.hpp"

namespace sojourn::distributions {

struct LogLogistic {
  static constexpr ParameterInfo by_scale[] = {
      parameter::shape, {"scale", Dimension::time, Bound::positive, "time by which half have the event"}};
  static constexpr ParameterInfo by_median[] = {parameter::shape, parameter::median};
  static constexpr ParameterForm forms[] = {{by_scale}, {by_median}};
  static constexpr FamilyInfo info{.name = "loglogistic",
                                   .formula = "S(t) = 1 / (1 + (t / scale)^shape)",
                                   .source = "flexsurv dllogis; Bennett 1983",
                                   .forms = forms,
                                   .odds_ratio = true};

  static Lowered lower(int, std::span<const double> v) {
    if (!(1.0 / v[0] < infinity)) return LowerProblem{0, "the shape is too small", "1 / shape is infinite"};
    return law_of(v[0], 1.0 / v[0], v[1]);
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    const HeadTail<L> log_u = log_odds(law, s);
    const auto late = log_u.head > 0.0;
    const L small = exp(HeadTail<L>{-magnitude(log_u.head), select(late, -log_u.tail, log_u.tail)});
    const L result = select(late, log_u.head, L(0.0)) + (select(late, log_u.tail, L(0.0)) + log1p(small));
    return select(both(s > 0.0, s < infinity), result, s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {  // shape u / (s (1 + u))
    const L log_u = rounded(log_odds(law, s));
    const L small = exp(-magnitude(log_u));
    const L share = select(log_u > 0.0, L(1.0), small) / (1.0 + small);
    const L at_zero = law.c[0] > 1.0 ? L(0.0) : law.c[0] < 1.0 ? L(infinity) : L(1.0 / law.c[2]);
    return select(s == 0.0, at_zero, law.c[0] * share / s);
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {  // log1p(share of u0 * (u1 / u0 - 1))
    const auto far = either(s0 == 0.0, s1 > 4.0 * s0);
    const L base = select(far, L(1.0), s0);
    const L log_u = rounded(log_odds(law, base));
    const L small = exp(-magnitude(log_u));
    const L share = select(log_u > 0.0, L(1.0), small) / (1.0 + small);
    const L growth = law.c[0] * log1p(select(far, L(1.0), (s1 - s0) / base));
    const L rise = select(growth < 600.0, log1p(share * expm1(growth)), growth + log(share));
    return any(far) ? select(far, cumulative_hazard(law, s1) - cumulative_hazard(law, s0), rise) : rise;
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return law.c[2] * exp((e + log(-expm1(-e))) * law.c[1]);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L log_u = rounded(log_odds(law, select(s0 == 0.0, L(law.c[2]), s0)));
    const L part = -expm1(-e) * exp(-log_u);
    const auto from_zero = either(s0 == 0.0, part > 1e250);
    const L later = s0 * exp((e + log1p(part)) * law.c[1]);
    return select(from_zero, time_from_zero(law, e), later);
  }

 private:
  template <Lane L>
  static L rounded(const HeadTail<L>& x) {
    return x.head + x.tail;
  }
  template <Lane L>
  static HeadTail<L> log_odds(const Law& law, const L& s) {
    return times(L(law.c[0]), log_head_tail(s / law.c[2]));
  }
};

}  // namespace sojourn::distributions
