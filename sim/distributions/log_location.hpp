// Families of which log time is mu + sigma Z, with Z of density c exp(-D(z)), D >= 0 and 0 at z = 0: the generalised
// gamma and the generalised F. A Standard says what Z is:
//   Standard(law)            constants c[0] = mu (log years), c[1] = sigma; density: c
//   deviance(z), rise(z, d)  D(z), and D(z + d) - D(z) without cancellation
//   smooth(z, d)             exp(-rise(z, y)) is gentle enough on 0 <= y <= d for ten points of quadrature
//   tails(z)                 in the upper part m with S = m exp(-D), in the lower part F = 1 - S
//   start(e)                 z with H(z) = e, roughly
// H = D - log m or -log(1 - F). From s0: for a small step -log(1 - h(z0) int_0^d exp(-rise(z0, y)) dy), far up
// rise - log(m1/m0), otherwise H(z1) - H(z0). The inverse is Newton's method on log H inside a shrinking bracket, and
// from s0 three Newton steps on the difference, which restore what the sum H(s0) + E lost of E.
#pragma once

#include "base/special_incomplete_gamma.hpp"
#include "distributions/family.hpp"
#include "distributions/quadrature.hpp"

namespace sojourn::distributions {

template <Lane L>
struct Tails {
  Mask<L> upper;
  L m, f;  // m where upper, f elsewhere
};

// (e^x - 1 - x) / x^2, 1/2 at x = 0
template <Lane L>
[[nodiscard]] inline L expm1_rest_over(const L& x) {
  const auto small = magnitude(x) <= 0.7;
  const L near_zero = select(small, x, L(0.0)), away = select(small, L(1.0), x);
  L sum = L(1.0);
  for (int n = 17; n >= 3; --n) sum = 1.0 + sum * near_zero * (1.0 / n);
  return select(small, 0.5 * sum, (expm1(away) - away) / (away * away));
}

// H and h of Z
template <class Standard, Lane L>
[[nodiscard]] inline HazardPair<L> standard_hazards(const Standard& standard, const L& z) {
  const Tails<L> tails = standard.tails(z);
  const L deviance = standard.deviance(z);
  const L logarithm = log_of_sum(select(tails.upper, tails.m, L(1.0)), select(tails.upper, L(0.0), -tails.f));
  const L density = select(tails.upper, L(standard.density), standard.density * exp(-deviance));
  return {select(tails.upper, deviance, L(0.0)) - logarithm, density / select(tails.upper, tails.m, 1.0 - tails.f)};
}

// H(z0 + d) - H(z0)
template <class Standard, Lane L>
[[nodiscard]] inline L standard_between(const Standard& standard, const L& z0, const L& d) {
  const auto smooth = standard.smooth(z0, d);
  L result = L(0.0);
  if (any(smooth)) {
    const L z = select(smooth, z0, L(0.0));
    const L part = integral_from_zero(select(smooth, d, L(0.0)), [&](const L& y) { return exp(-standard.rise(z, y)); });
    result = -log1p(-(standard_hazards(standard, z).hazard * part));
  }
  if (any(opposite(smooth))) {
    const Tails<L> before = standard.tails(z0), after = standard.tails(z0 + d);
    const L upper = standard.rise(z0, d) - log(after.m / before.m);
    const L plain = standard_hazards(standard, z0 + d).cumulative - standard_hazards(standard, z0).cumulative;
    result = select(smooth, result, select(both(before.upper, after.upper), upper, plain));
  }
  return larger(result, L(0.0));
}

template <class Standard>
struct LogLocationFormulas {
  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return select(s > 0.0, select(s < infinity, standard_hazards(Standard(law), place(law, s)).cumulative, s), L(0.0));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const L inside = smaller(larger(s, L(0x1p-1022)), L(0x1p1022));
    return standard_hazards(Standard(law), place(law, inside)).hazard / (law.c[1] * inside);
  }
  // H and h together, 0 < s < infinity
  template <Lane L>
  static HazardPair<L> hazards(const Law& law, const L& s) {
    const HazardPair<L> at = standard_hazards(Standard(law), place(law, s));
    return {at.cumulative, at.hazard / (law.c[1] * s)};
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const auto far = either(s0 == 0.0, s1 > 1e3 * s0);
    const L z0 = place(law, larger(s0, L(0x1p-1022)));
    const L d = log1p(select(far, L(0.0), (s1 - s0) / s0)) / law.c[1];
    const L step = select(far, smaller(place(law, s1), L(1e300)) - z0, d);
    const L result = standard_between(Standard(law), z0, step);
    const L plain = select(s0 == 0.0, cumulative_hazard(law, s1), select(s1 < infinity, result, s1));
    return select(s1 > s0, plain, L(0.0));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    const L t = exp(law.c[0] + law.c[1] * quantile(Standard(law), e));
    return select(e > 0.0, select(e < infinity, t, e), L(0.0));
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L start = larger(time_from_zero(law, cumulative_hazard(law, s0) + e), s0);
    L t = start;
    for (int i = 0; i < 3; ++i) {
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

  template <Lane L>
  static L quantile(const Standard& standard, const L& target) {
    const L wanted = smaller(larger(target, L(0x1p-1022)), L(1e300));
    L z = standard.start(wanted), low = L(-infinity), high = L(infinity);
    auto active = wanted > 0.0;
    for (int i = 0; i < 200 && any(active); ++i) {
      const HazardPair<L> at = standard_hazards(standard, z);
      const L excess = log(at.cumulative / wanted);
      low = select(both(active, excess < 0.0), z, low);
      high = select(both(active, excess > 0.0), z, high);
      const L newton = excess * (at.cumulative / at.hazard);
      const L step = larger(smaller(select(newton == newton, newton, L(-1.0)), L(50.0)), L(-50.0));
      const auto settled = opposite(magnitude(step) > 0x1p-51 * larger(magnitude(z), L(1.0)));
      const L moved = z - step, middle = 0.5 * (low + high);
      const auto outside = opposite(both(moved > low, moved < high));
      const auto bisect = both(both(outside, opposite(settled)), magnitude(middle) < infinity);
      z = select(active, select(bisect, middle, moved), z);
      active = both(active, opposite(settled));
    }
    return z;
  }
};

}  // namespace sojourn::distributions
