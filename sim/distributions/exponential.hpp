// Exponential: h = rate, H = rate s, T = s0 + E / rate. Constants: rate [1/years].
// Also from the mean (rate = 1 / mean), the median (log 2 / median), or the probability p within a time w
// (rate = -log(1 - p) / w). Each step rounds once: error of T 1 ulp, of H 0.5 ulp.
// Source: flexsurv (dexp); Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2002, section 2.2.
#pragma once

#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Exponential {
  static constexpr ParameterInfo by_rate[] = {parameter::rate};
  static constexpr ParameterInfo by_mean[] = {parameter::mean};
  static constexpr ParameterInfo by_median[] = {parameter::median};
  static constexpr ParameterInfo by_probability[] = {
      {"probability", Dimension::number, Bound::probability, "probability of the event within the time `within`"},
      {"within", Dimension::time, Bound::positive, "the time that the probability is for"}};
  static constexpr ParameterForm forms[] = {{by_rate}, {by_mean}, {by_median}, {by_probability}};
  static constexpr FamilyInfo info{.name = "exponential",
                                   .formula = "h(t) = rate; H(t) = rate t",
                                   .source = "flexsurv dexp; Kalbfleisch and Prentice 2002, section 2.2",
                                   .forms = forms};

  static Lowered lower(int form, std::span<const double> v) {
    constexpr double log_2 = 0x1.62e42fefa39efp-1;
    if (form == 1) return law_of(1.0 / v[0]);
    if (form == 2) return law_of(log_2 / v[0]);
    if (form == 3) {
      if (v[0] >= 1.0) return LowerProblem{0, "the probability is 1", "no rate makes an event certain within a time"};
      return law_of(-log1p(-v[0]) / v[1]);
    }
    return law_of(v[0]);
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return law.c[0] * s;
  }
  template <Lane L>
  static L hazard(const Law& law, const L&) {
    return L(law.c[0]);
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    return law.c[0] * (s1 - s0);
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return e / law.c[0];
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    return s0 + e / law.c[0];
  }
};

}  // namespace sojourn::distributions
