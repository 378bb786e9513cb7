// Fixed: the event comes at exactly `time`; H = 0 before it and +inf from it on, an atom. Constants: time [years].
// From s0 <= time the answer is `time`, whatever E > 0; from s0 > time it is +inf: the instant is past.
// between(s0, s1) is +inf when s0 <= time <= s1 and 0 otherwise, so the atom counts at both ends of an interval.
#pragma once

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Fixed {
  static constexpr ParameterInfo by_time[] = {{"time", Dimension::time, Bound::non_negative, "the time of the event"}};
  static constexpr ParameterForm forms[] = {{by_time}};
  static constexpr FamilyInfo info{.name = "fixed",
                                   .formula = "H(t) = 0 for t < time, infinite from there",
                                   .source = "a point mass",
                                   .forms = forms,
                                   .scales = false};

  static Lowered lower(int, std::span<const double> v) { return law_of(v[0]); }
  static Landmarks landmarks(const Law&) { return {.smooth = false}; }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return select(s < law.c[0], L(0.0), L(infinity));
  }
  template <Lane L>
  static L hazard(const Law&, const L&) {
    return L(0.0);
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    return select(both(s0 <= law.c[0], law.c[0] <= s1), L(infinity), L(0.0));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return select(e > 0.0, L(law.c[0]), L(0.0));
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    return select(e > 0.0, select(s0 <= law.c[0], L(law.c[0]), L(infinity)), s0);
  }
};

}  // namespace sojourn::distributions
