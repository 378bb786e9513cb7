// Uniform on [min, max]: H = -log((max - s) / (max - min)) inside, 0 before, +inf from max on. Constants: min, max.
// T = a + (max - a)(1 - e^-E) with a = s0 or min, whichever is later. Beyond E = 37 T rounds to max or the last number
// before it: T is right to an ulp, which is all that times near max can hold.
// Source: R dunif.
#pragma once

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Uniform {
  static constexpr ParameterInfo by_ends[] = {{"min", Dimension::time, Bound::non_negative, "earliest time"},
                                              {"max", Dimension::time, Bound::positive, "latest time"}};
  static constexpr ParameterForm forms[] = {{by_ends}};
  static constexpr FamilyInfo info{.name = "uniform",
                                   .formula = "H(t) = -log((max - t) / (max - min)), min <= t < max",
                                   .source = "R dunif",
                                   .forms = forms,
                                   .scales = false};

  static Lowered lower(int, std::span<const double> v) {
    if (!(v[0] < v[1])) return LowerProblem{1, "max is not greater than min", "use `fixed` for one time"};
    return law_of(v[0], v[1]);
  }
  static Landmarks landmarks(const Law& law) { return {.origin = law.c[0], .end = law.c[1]}; }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return between(law, L(0.0), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return select(s < law.c[0], L(0.0), select(s < law.c[1], 1.0 / (law.c[1] - s), L(infinity)));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const L a = larger(s0, L(law.c[0])), b = larger(s1, a);
    const auto inside = b < law.c[1];
    const L share = select(inside, (b - a) / (law.c[1] - a), L(0.0));
    const L near_max = select(inside, (law.c[1] - b) / (law.c[1] - a), L(1.0));
    const L result = select(share < 0.5, log1p(-share), log(near_max));
    return select(inside, -result, select(s0 < law.c[1], L(infinity), L(0.0)));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return select(e > 0.0, time_from(law, L(0.0), e), L(0.0));
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L a = larger(s0, L(law.c[0]));
    const L early = a + (law.c[1] - a) * -expm1(-e);
    const L late = law.c[1] - (law.c[1] - a) * exp(-e);
    const L inside = smaller(select(e < 0.7, early, late), L(law.c[1]));
    return select(e > 0.0, select(s0 < law.c[1], inside, L(infinity)), s0);
  }
};

}  // namespace sojourn::distributions
