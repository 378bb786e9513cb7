// Weibull: H = m (s r)^k. Constants: k, 1/k, m, r [1/years], 1/r.
//   weibull(shape, scale), accelerated failure time: H = (t / scale)^shape; also from the median,
//     scale = median / (log 2)^(1/shape)
//   weibull_ph(shape, scale), proportional hazards: H = scale t^shape, t in years
// From s0: T = s0 (1 + E / H(s0))^(1/k), by exp and log1p, so that no difference of large numbers is formed.
// Relative error: H 1 + k ulp, T 2 ulp and E's share |log E| / k.
// Source: flexsurv dweibull, dweibullPH; Kalbfleisch and Prentice 2002, section 2.2.
#pragma once

#include "distributions/family.hpp"

namespace sojourn::distributions {

struct WeibullFormulas {
  static Lowered constants(double k, double m, double scale) {
    const double inverse = 1.0 / k;
    if (!(inverse < infinity)) return LowerProblem{0, "the shape is too small", "1 / shape is infinite"};
    return law_of(k, inverse, m, scale, 1.0 / m);
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return law.c[2] * pow(s / law.c[3], L(law.c[0]));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return (law.c[2] * law.c[0] / law.c[3]) * pow(s / law.c[3], L(law.c[0] - 1.0));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const L h0 = cumulative_hazard(law, s0);
    const auto far = either(h0 == 0.0, s1 > 4.0 * s0);
    const L step = select(far, L(1.0), (s1 - s0) / s0);
    const L near_difference = h0 * expm1(law.c[0] * log1p(step));
    return any(far) ? select(far, cumulative_hazard(law, s1) - h0, near_difference) : near_difference;
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return law.c[3] * pow(e * law.c[4], L(law.c[1]));
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L ratio = e / cumulative_hazard(law, s0);
    const L from_s0 = s0 * exp(law.c[1] * log1p(ratio));
    const auto at_zero = opposite(ratio < 1e200);
    return any(at_zero) ? select(at_zero, time_from_zero(law, e), from_s0) : from_s0;
  }
};

struct Weibull : WeibullFormulas {
  static constexpr ParameterInfo by_scale[] = {
      parameter::shape, {"scale", Dimension::time, Bound::positive, "time by which 63.2% have the event"}};
  static constexpr ParameterInfo by_median[] = {parameter::shape, parameter::median};
  static constexpr ParameterForm forms[] = {{by_scale}, {by_median}};
  static constexpr FamilyInfo info{.name = "weibull",
                                   .formula = "H(t) = (t / scale)^shape",
                                   .source = "flexsurv dweibull; Kalbfleisch and Prentice 2002, section 2.2",
                                   .forms = forms};

  static Lowered lower(int form, std::span<const double> v) {
    constexpr double log_2 = 0x1.62e42fefa39efp-1;
    return constants(v[0], 1.0, form == 1 ? v[1] / pow(log_2, 1.0 / v[0]) : v[1]);
  }
};

struct WeibullPh : WeibullFormulas {
  static constexpr ParameterInfo by_scale[] = {
      parameter::shape, {"scale", Dimension::number, Bound::positive, "cumulative hazard at one unit of time"}};
  static constexpr ParameterForm forms[] = {{by_scale}};
  static constexpr FamilyInfo info{.name = "weibull_ph",
                                   .formula = "H(t) = scale t^shape, t in the unit",
                                   .source = "flexsurv dweibullPH",
                                   .forms = forms};

  static Lowered lower(int, std::span<const double> v) { return constants(v[0], v[1], 1.0); }
};

}  // namespace sojourn::distributions
