// Gompertz: h = rate e^(shape s), H = (rate / shape) (e^(shape s) - 1). Constants: shape [1/years], rate [1/years].
// shape < 0 is defective: H rises to -rate/shape only; shape = 0 is exponential. All shapes go through
// H(s1) - H(s0) = h(s0) d (e^x - 1)/x with d = s1 - s0, x = shape d, and T = s0 + d log(1 + y)/y with d = E / h(s0),
// y = shape d, which have no division by a vanishing shape. Relative error of both steps: 3 ulp, and of h(s0)
// |shape s0| 2^-53.
// Source: flexsurv dgompertz; B. Gompertz, Phil. Trans. 115, 1825.
#pragma once

#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Gompertz {
  static constexpr ParameterInfo by_rate[] = {
      {"shape", Dimension::rate, Bound::any, "growth of the log hazard per time; negative: some never have the event"},
      {"rate", Dimension::rate, Bound::positive, "hazard at time 0"}};
  static constexpr ParameterForm forms[] = {{by_rate}};
  static constexpr FamilyInfo info{.name = "gompertz",
                                   .formula = "h(t) = rate exp(shape t); H(t) = rate / shape (exp(shape t) - 1)",
                                   .source = "flexsurv dgompertz; Gompertz 1825",
                                   .forms = forms};

  static Lowered lower(int, std::span<const double> v) { return law_of(v[0], v[1]); }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return step(law, L(law.c[1]), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return law.c[1] * exp(law.c[0] * s);
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    return step(law, hazard(law, s0), s1 - s0);
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_after(law, L(law.c[1]), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    return s0 + time_after(law, hazard(law, s0), e);
  }

 private:
  template <Lane L>
  static L step(const Law& law, const L& h0, const L& d) {
    const L rise = expm1_over(law.c[0] * d);
    return select(d == 0.0, L(0.0), h0 * select(d < infinity, d * rise, law.c[0] < 0.0 ? L(-1.0 / law.c[0]) : d));
  }
  template <Lane L>
  static L time_after(const Law& law, const L& h0, const L& e) {
    const L d = e / h0;
    const L y = law.c[0] * d;
    return select(y > -1.0, select(y < infinity, d * log1p_over(y), d), L(infinity));
  }
};

}  // namespace sojourn::distributions
