// A law F given that its time lies in [low, high]: S = (S_F - S_F(high)) / (S_F(low) - S_F(high)) between, 1 before.
// Law::parts is F; constants: low, high [years]; with high = +inf only what lies before low is cut, and what F gives to
// `never` stays. With g = H_F(s1) - H_F(s0) and G = H_F(high) -
// H_F(s0),
//   H(s1) - H(s0) = -log(1 - (1 - e^-g)/(1 - e^-G)),  and back  g = -log(1 - (1 - e^-E)(1 - e^-G)),
// each in forms that keep relative accuracy at both ends; the inverse is F's own.
// Source: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, 2nd ed. 1994, section 10.
#pragma once

#include <algorithm>

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Truncated {
  static constexpr FamilyInfo info{.name = "truncated",
                                   .formula = "S(t) = (S_F(t) - S_F(max)) / (S_F(min) - S_F(max)), min <= t <= max",
                                   .source = "Johnson, Kotz and Balakrishnan 1994",
                                   .forms = {},
                                   .given_by = GivenBy::truncation};
  static constexpr bool compiled = true;

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is made of another family, not of parameters", "see tables.hpp"};
  }
  static Landmarks landmarks(const Law& law) {
    Landmarks made = landmarks_of_parts(law);
    made.origin = std::max(made.origin, law.c[0]);
    made.end = std::min(made.end, law.c[1]);
    return made;
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return between(law, L(0.0), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const L inside = larger(smaller(s, L(law.c[1])), L(law.c[0]));
    const L h = part::hazard(law.parts[0], inside) / -expm1(-rest(law, inside));
    return select(s < law.c[0], L(0.0), select(s < law.c[1], h, L(infinity)));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const Law& whole = law.parts[0];
    const L a = larger(smaller(s0, L(law.c[1])), L(law.c[0])), b = larger(smaller(s1, L(law.c[1])), L(law.c[0]));
    const L g = part::between(whole, a, b);
    const L whole_left = expm1(-rest(law, a));  // -(1 - e^-G)
    const L share = expm1(-g) / whole_left;
    const L left = expm1(-rest(law, b));
    const L late = g - log(left / whole_left);
    const L result = select(share < 0.5, -log1p(-share), late);
    const L plain =
        law.c[1] == infinity ? g : select(both(a < law.c[1], whole_left < 0.0), larger(result, L(0.0)), L(infinity));
    const auto counts = both(both(s1 > s0, s1 > law.c[0]), s0 < law.c[1]);
    const auto open = either(s1 < law.c[1], L(law.c[1]) == infinity);
    return select(counts, select(open, plain, L(infinity)), L(0.0));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_from(law, L(0.0), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const Law& whole = law.parts[0];
    const L a = larger(smaller(s0, L(law.c[1])), L(law.c[0]));
    const L all = rest(law, a);
    const L early = -log1p(-(expm1(-e) * expm1(-all)));
    const L middle = e - log1p(-(exp(e - all) * expm1(-e)));
    const L late = all - log1p(-(exp(all - e) * expm1(-all)));
    const L g = select(e < 1.0, early, select(e <= all, middle, late));
    const L to_end = log1p(-(exp(all - e) * expm1(-all)));  // G - g
    const L last = L(law.c[1]) - to_end / part::hazard(whole, L(law.c[1]));
    const L found = larger(a, smaller(part::time_from(whole, a, g), L(law.c[1])));
    const L moved = found - (between(law, a, found) - e) / hazard(law, found);  // restores what g loses near the end
    const L inner = select(both(e > 1.0, both(moved >= a, moved <= L(law.c[1]))), moved, found);
    const auto at_end = both(both(e > 1.0, e > all), to_end < 1e-13 * smaller(all, L(1.0)));
    const L t = select(at_end, select(last == last, last, L(law.c[1])), inner);
    return select(e > 0.0, select(s0 < law.c[1], t, L(infinity)), s0);
  }

 private:
  // What F's cumulative hazard still has to rise to the end
  template <Lane L>
  static L rest(const Law& law, const L& s) {
    return law.c[1] < infinity ? part::between(law.parts[0], s, L(law.c[1])) : L(infinity);
  }
};

}  // namespace sojourn::distributions
