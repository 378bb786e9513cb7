// Gamma: H = -log Q(shape, rate s). Constants: shape, rate, and the two of GammaShape. Also from the mean,
// rate = shape / mean. From s0 with x = rate s, d = x1 - x0: for small d the integral
//   -log(1 - lambda(x0) int_0^d (1 + y/x0)^(shape - 1) e^-y dy), lambda = dH/dx, by its power series,
// otherwise H(x1) - H(x0). Shapes from 1e-3 to 1e8.
// Source: flexsurv and R dgamma; Kalbfleisch and Prentice 2002, section 2.2.
#pragma once

#include "base/special_incomplete_gamma.hpp"
#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Gamma {
  static constexpr ParameterInfo by_rate[] = {
      parameter::shape, {"rate", Dimension::rate, Bound::positive, "hazard that is reached far out"}};
  static constexpr ParameterInfo by_mean[] = {parameter::shape, parameter::mean};
  static constexpr ParameterForm forms[] = {{by_rate}, {by_mean}};
  static constexpr FamilyInfo info{.name = "gamma",
                                   .formula = "h(t) = t^(shape-1) exp(-rate t) / int_t^inf u^(shape-1) exp(-rate u) du",
                                   .source = "flexsurv, R dgamma; Kalbfleisch and Prentice 2002, section 2.2",
                                   .forms = forms};
  static constexpr bool compiled = true;

  static Lowered lower(int form, std::span<const double> v) {
    if (v[0] < 1e-3 || v[0] > 1e8) return LowerProblem{0, "the shape is outside 0.001 to 100000000", ""};
    const GammaShape g = gamma_shape(v[0]);
    const double rate = form == 1 ? v[0] / v[1] : v[1];
    return law_of(g.a, rate, g.log_scale, g.log_gamma_of_next, 1.0 / rate);
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return gamma_hazards(shape(law), law.c[1] * s).cumulative;
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const double a = law.c[0];
    const L at_zero = a > 1.0 ? L(0.0) : a < 1.0 ? L(infinity) : L(law.c[1]);
    return select(s == 0.0, at_zero, law.c[1] * gamma_hazards(shape(law), law.c[1] * s).hazard);
  }
  // H and h together
  template <Lane L>
  static HazardPair<L> hazards(const Law& law, const L& s) {
    const HazardPair<L> at = gamma_hazards(shape(law), law.c[1] * s);
    return {at.cumulative, law.c[1] * at.hazard};
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    return between_of(law, gamma_hazards(shape(law), law.c[1] * s0), s0, s1);
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return gamma_quantile_of_hazard(shape(law), e) / law.c[1];
  }
  // The quantile of H(s0) + E, then Newton steps on between(): they restore what the sum lost of E.
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const HazardPair<L> at = gamma_hazards(shape(law), law.c[1] * s0);
    const L start = larger(time_from_zero(law, at.cumulative + e), s0);
    L t = start;
    for (int i = 0; i < 2; ++i) {
      const L moved = t - (between_of(law, at, s0, t) - e) / hazard(law, t);
      t = select(both(moved >= s0, moved < infinity), moved, t);
    }
    return select(s0 == 0.0, start, select(start < infinity, t, start));
  }

 private:
  static GammaShape shape(const Law& law) { return {law.c[0], law.c[2], law.c[3]}; }

  template <Lane L>
  static L between_of(const Law& law, const HazardPair<L>& at, const L& s0, const L& s1) {
    const L x0 = law.c[1] * s0, d = law.c[1] * (s1 - s0);
    const L ratio = d / x0;
    const L slope = (law.c[0] - 1.0) * ratio - d;
    const auto near_by = both(both(ratio <= 0.25, d * ratio <= 0.5), magnitude(slope) <= 0.5);
    L result = L(0.0);
    if (any(near_by)) {
      const L part = tail_integral(law.c[0] - 1.0, select(near_by, ratio, L(0.0)), select(near_by, d, L(0.0)));
      result = -log1p(-(at.hazard * part));
    }
    const auto apart = both(opposite(near_by), s1 > s0);
    if (any(apart)) {
      result = select(apart, gamma_hazards(shape(law), law.c[1] * s1).cumulative - at.cumulative, result);
    }
    return select(s1 == s0, L(0.0), result);
  }

  // d int_0^1 g(u) du, g = (1 + q u)^p e^(-d u): (n + 1) g_{n+1} = (p q - d - n q) g_n - d q g_{n-1}
  template <Lane L>
  static L tail_integral(double p, const L& q, const L& d) {
    L before = L(0.0), now = L(1.0), sum = L(1.0);
    const L slope = p * q - d, dq = d * q;
    for (int n = 0; n < 30; ++n) {
      const L next = ((slope - static_cast<double>(n) * q) * now - dq * before) * (1.0 / (n + 1));
      before = now;
      now = next;
      sum = sum + now * (1.0 / (n + 2));
    }
    return d * sum;
  }
};

}  // namespace sojourn::distributions
