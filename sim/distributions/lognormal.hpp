// Lognormal: H = -log(1 - Phi(z)), z = (log s - meanlog) / sdlog. Constants: meanlog (log years), sdlog, exp(meanlog).
// Also from the median, meanlog = log median, or the mean, meanlog = log mean - sdlog^2/2.
// From s0, H(s1) - H(s0) with d = z1 - z0 = log(s1 / s0) / sdlog: for small d the integral
//   -log(1 - lambda(z0) int_0^d exp(-z0 x - x^2/2) dx), lambda = phi / (1 - Phi), by its power series;
// otherwise d (z0 + d/2) and the ratio of the scaled tails, so that the squares of z never cancel.
// Source: flexsurv dlnorm; Kalbfleisch and Prentice 2002, section 2.2.
#pragma once

#include "base/special_normal.hpp"
#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Lognormal {
  static constexpr ParameterInfo sdlog{"sdlog", Dimension::number, Bound::positive, "standard deviation of log time"};
  static constexpr ParameterInfo by_meanlog[] = {
      {"meanlog", Dimension::number, Bound::any, "mean of the log of the time in the unit"}, sdlog};
  static constexpr ParameterInfo by_median[] = {parameter::median, sdlog};
  static constexpr ParameterInfo by_mean[] = {parameter::mean, sdlog};
  static constexpr ParameterForm forms[] = {{by_meanlog}, {by_median}, {by_mean}};
  static constexpr FamilyInfo info{.name = "lognormal",
                                   .formula = "H(t) = -log(1 - Phi((log t - meanlog) / sdlog))",
                                   .source = "flexsurv dlnorm; Kalbfleisch and Prentice 2002, section 2.2",
                                   .forms = forms};

  static Lowered lower(int form, std::span<const double> v) {
    const double meanlog = form == 0 ? v[0] : log(v[0]) - (form == 2 ? 0.5 * v[1] * v[1] : 0.0);
    if (!(1.0 / v[1] < infinity)) return LowerProblem{1, "sdlog is too small", "1 / sdlog is infinite"};
    return law_of(meanlog, v[1]);
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return normal_cumulative_hazard(place(law, s));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return select(s == 0.0, L(0.0), normal_hazard(place(law, s)) / (law.c[1] * s));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const auto far = either(s0 == 0.0, s1 > 1e3 * s0);
    const L z0 = place(law, s0);
    const L d = log1p(select(far, L(0.0), (s1 - s0) / s0)) / law.c[1];
    const auto near_by = both(opposite(far), (magnitude(z0) + d) * d < 0.5);
    L result = L(0.0);
    if (any(near_by)) {
      const L part = tail_integral(select(near_by, z0, L(0.0)), select(near_by, d, L(0.0)));
      result = -log1p(-(normal_hazard(z0) * part));
    }
    if (any(opposite(near_by))) result = select(near_by, result, wide(z0, d, select(far, place(law, s1), z0 + d), far));
    return result;
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return exp(law.c[0] + law.c[1] * normal_quantile_of_hazard(e));
  }
  // The quantile of H(s0) + E, then Newton steps on between(): they restore what the sum lost of E.
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L total = cumulative_hazard(law, s0) + e;
    const L start = larger(exp(law.c[0] + law.c[1] * normal_quantile_of_hazard(total)), s0);
    L t = start;
    for (int i = 0; i < 2; ++i) {
      const L h = hazard(law, t);
      const L moved = t - (between(law, s0, t) - e) / h;
      t = select(both(h > 0.0, both(moved >= s0, moved < infinity)), moved, t);
    }
    return select(s0 == 0.0, start, select(start < infinity, t, start));
  }

 private:
  template <Lane L>
  static L place(const Law& law, const L& s) {
    return (log(s) - law.c[0]) / law.c[1];
  }

  // int_0^d exp(-z x - x^2/2) dx for (|z| + d) d < 1/2; f_{n+1} = -(z f_n + f_{n-1}) / (n + 1)
  template <Lane L>
  static L tail_integral(const L& z, const L& d) {
    L before = L(0.0), now = L(1.0), sum = L(1.0);
    const L zd = z * d, dd = d * d;
    for (int n = 0; n < 18; ++n) {
      const L next = -(zd * now + dd * before) * (1.0 / (n + 1));
      before = now;
      now = next;
      sum = sum + now * (1.0 / (n + 2));
    }
    return d * sum;
  }

  // The difference for z0 and z1 = z0 + d that are well apart.
  template <Lane L>
  static L wide(const L& z0, const L& d, const L& z1, const Mask<L>& far) {
    const auto upper = both(opposite(far), both(z0 > 1.0, z1 > 1.0));
    L result = L(0.0);
    if (any(upper)) {
      const L m0 = scaled_tail(select(upper, z0, L(1.0))), m1 = scaled_tail(select(upper, z1, L(1.0)));
      result = d * (z0 + 0.5 * d) - log(m1 / m0);
    }
    if (any(opposite(upper))) {
      result = select(upper, result, normal_cumulative_hazard(z1) - normal_cumulative_hazard(z0));
    }
    return result;
  }
};

}  // namespace sojourn::distributions
