// Never: H = 0, T = +inf.
#pragma once

#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Never {
  static constexpr ParameterForm forms[] = {{}};
  static constexpr FamilyInfo info{.name = "never", .formula = "h(t) = 0", .source = "no event", .forms = forms};

  static Lowered lower(int, std::span<const double>) { return law_of(); }

  template <Lane L>
  static L cumulative_hazard(const Law&, const L&) {
    return L(0.0);
  }
  template <Lane L>
  static L hazard(const Law&, const L&) {
    return L(0.0);
  }
  template <Lane L>
  static L between(const Law&, const L&, const L&) {
    return L(0.0);
  }
  template <Lane L>
  static L time_from_zero(const Law&, const L& e) {
    return select(e > 0.0, L(infinity), L(0.0));
  }
  template <Lane L>
  static L time_from(const Law&, const L& s0, const L& e) {
    return select(e > 0.0, L(infinity), s0);
  }
};

}  // namespace sojourn::distributions
