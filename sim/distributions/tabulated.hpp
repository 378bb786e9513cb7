// A tabulated survival curve whose steps are atoms of H: H = -log S_i from time_i on, and after the last step a
// constant hazard (0: never). Law::table holds, n values each, the times [years], the first 0, and H. Constants: the
// hazard after the last time [1/years]. Both directions by bisection. A time within 1e-12 years before a step (30
// microseconds; of years beyond 1 as a share) counts as past it, so that the rounding of a clock cannot bring a step
// twice. (The same points joined by constant hazards are a piecewise exponential.) Source: E. L. Kaplan and P. Meier,
// JASA 53, 1958 (the curve as it is published).
#pragma once

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Tabulated {
  static constexpr FamilyInfo info{.name = "tabulated",
                                   .formula = "S(t) = survival_i for times_i <= t < times_(i+1)",
                                   .source = "Kaplan and Meier 1958",
                                   .forms = {},
                                   .given_by = GivenBy::curve};

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is given by a curve, not by parameters", "see tables.hpp"};
  }
  static Landmarks landmarks(const Law&) { return {.smooth = false}; }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    const Columns t(law);
    return look_up(t.hazards, t.interval(s)) + past(law, t, L(0.0), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return select(s >= Columns(law).end(), L(law.c[0]), L(0.0));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const Columns t(law);
    const L h0 = look_up(t.hazards, t.interval(s0)), h1 = look_up(t.hazards, t.interval(s1));
    return select(h1 > h0, h1 - h0, L(0.0)) + past(law, t, s0, s1);
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_from(law, L(0.0), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const Columns t(law);
    const Word<L> i = t.interval(s0);
    const L h0 = look_up(t.hazards, i);
    const Word<L> j = t.template last<L>(
        [&](const Word<L>& at) { return either(look_up(t.hazards, at) <= h0, look_up(t.hazards, at) - h0 < e); });
    const auto in_tail = small_integer(j) >= static_cast<double>(t.size - 1);
    const Word<L> next = select(in_tail, j, j + std::uint64_t{1});
    const L rest = e - select(look_up(t.hazards, j) > h0, look_up(t.hazards, j) - h0, L(0.0));
    const L tail = law.c[0] > 0 ? larger(s0, L(t.end())) + rest / law.c[0] : L(infinity);
    return select(e > 0.0, select(in_tail, tail, look_up(t.times, next)), s0);
  }
  static double next_step(const Law& law, double s) {
    const Columns t(law);
    const std::uint64_t i = t.interval(s);
    return i + 1 < t.size ? t.times[i + 1] : infinity;
  }

 private:
  struct Columns {
    explicit Columns(const Law& law)
        : size(law.table.size() / 2), times(law.table.data()), hazards(law.table.data() + size) {}

    // The last index for which holds(index), which is true up to some index and false after; 0 if it never is.
    template <Lane L, class F>
    [[nodiscard]] Word<L> last(F holds) const {
      auto base = Word<L>(std::uint64_t{0});
      for (std::uint64_t length = size; length > 1;) {
        const std::uint64_t half = length / 2;
        const Word<L> middle = base + half;
        base = select(holds(middle), middle, base);
        length -= half;
      }
      return base;
    }
    template <Lane L>
    [[nodiscard]] Word<L> interval(const L& s) const {
      const L reach = s + 1e-12 * larger(s, L(1.0));
      return last<L>([&](const Word<L>& at) { return look_up(times, at) <= reach; });
    }
    [[nodiscard]] double end() const { return times[size - 1]; }

    std::size_t size;
    const double *times, *hazards;
  };

  template <Lane L>
  static L past(const Law& law, const Columns& t, const L& s0, const L& s1) {
    if (law.c[0] == 0) return L(0.0);
    const L end = L(t.end());
    return select(s1 > s0, law.c[0] * (larger(s1, end) - larger(s0, end)), L(0.0));
  }
};

}  // namespace sojourn::distributions
