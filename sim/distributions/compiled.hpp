// A law with tables for both directions (compiled_map.hpp), so that every family costs about the same. Made by lowering
// only, from an exact law of any family, which remains for the rare arguments that have no polynomial. With s' = s -
// origin, everything is between logarithms: x = log H as a function of y = log(s' / scale), and y as one of x.
//   From 0: y(log E). From s0 with H0 = H(s0): if E >= H0 / 4 the time of H0 + E; else s' = s0' e^d, d = y(x0 + g) -
//   y(x0), g = log(1 + E/H0), the difference taken within the polynomials, so that nothing of E is lost however small
//   it is. H(s1) - H(s0) = H0 (e^g - 1), g = x(y0 + d) - x(y0), d = log(1 + (s1 - s0)/s0'), likewise.
// What the errors are, and how they are bounded, stands in compile.cpp and docs/methods.md, section 7.
// Constants: origin [years], scale, 1/scale (powers of 2), the first s' of the tables, what E must be for H there to be
// nothing beside it, position of the second map in the table. Law::parts is the exact law.
#pragma once

#include "distributions/compiled_map.hpp"
#include "distributions/family.hpp"

namespace sojourn::distributions {

struct Compiled {
  static constexpr FamilyInfo info{.name = "compiled",
                                   .formula = "log H by log time, and back, as polynomials",
                                   .source = "the law that it was made of",
                                   .forms = {},
                                   .given_by = GivenBy::lowering};

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is made of another law, not of parameters", "see compile.hpp"};
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    const L past = s - law.c[0];
    const L result = select(past > 0.0, hazard_up_to(law, past), L(0.0));
    if (!any(result != result)) [[likely]]
      return result;
    return select(result == result, result, part::cumulative_hazard(law.parts[0], s));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const CompiledMap forward = by_time(law);
    const L past = s - law.c[0];
    const Word<L> row = forward.row(past);
    const L u = log(past * law.c[2]) - forward.start<L>(row);
    const auto slope = forward.slopes(row, u, u);
    const L result = exp(forward.value<L>(row) + u * slope.to_first) * slope.between / past;
    if (!any(result != result)) [[likely]]
      return result;
    return select(result == result, result, part::hazard(law.parts[0], s));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const auto rises = s1 > s0;
    const auto started = s0 - law.c[0] >= law.c[3];
    L result = L(0.0);
    if (any(both(rises, started))) result = between_within(law, select(started, s0, L(infinity)), s1);
    if (any(both(rises, opposite(started)))) result = select(started, result, between_from_start(law, s0, s1));
    result = select(rises, result, L(0.0));
    if (!any(result != result)) [[likely]]
      return result;
    return select(result == result, result, part::between(law.parts[0], s0, s1));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    const L result = time_at(law, e, log(e));
    if (!any(result != result)) [[likely]]
      return result;
    return select(result == result, result, part::time_from(law.parts[0], L(0.0), e));
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const L past = s0 - law.c[0];
    const auto started = past >= law.c[3];
    L result = L(0.0);
    if (any(started)) result = time_from_within(law, s0, select(started, past, L(law.c[3])), e);
    if (any(opposite(started))) {
      const auto counts = either(past <= 0.0, e >= law.c[4]);
      result = select(started, result, select(counts, time_at(law, e, log(e)), L(not_a_number)));
    }
    if (!any(result != result)) [[likely]]
      return result;
    return select(result == result, result, part::time_from(law.parts[0], s0, e));
  }

 private:
  static CompiledMap by_time(const Law& law) { return CompiledMap(law.table.data()); }
  static CompiledMap by_hazard(const Law& law) {
    return CompiledMap(law.table.data() + static_cast<std::size_t>(law.c[5]));
  }

  // H a time `past` after the origin
  template <Lane L>
  static L hazard_up_to(const Law& law, const L& past) {
    const CompiledMap forward = by_time(law);
    const Word<L> row = forward.row(past);
    const L u = log(past * law.c[2]) - forward.start<L>(row);
    return exp(forward.value<L>(row) + u * forward.slope_to(row, u));
  }
  // The time at which the cumulative hazard is e
  template <Lane L>
  static L time_at(const Law& law, const L& e, const L& log_e) {
    const CompiledMap back = by_hazard(law);
    const Word<L> row = back.row(e);
    const L u = log_e - back.start<L>(row);
    return law.c[0] + law.c[1] * exp(back.value<L>(row) + u * back.slope_to(row, u));
  }

  // s0 at or before the first time of the tables
  template <Lane L>
  static L between_from_start(const Law& law, const L& s0, const L& s1) {
    const L whole = hazard_up_to(law, s1 - law.c[0]);
    const L before = select(s1 <= law.c[0], L(0.0), whole);
    return select(either(s0 <= law.c[0], whole >= law.c[4]), before, L(not_a_number));
  }
  template <Lane L>
  static L between_within(const Law& law, const L& s0, const L& s1) {
    const CompiledMap forward = by_time(law);
    const L past = s0 - law.c[0];
    const L y0 = log(past * law.c[2]), d = log1p((s1 - s0) / past);
    const Word<L> i = forward.row(past), j = forward.row(s1 - law.c[0]);
    const auto crosses = small_integer(j) > small_integer(i);
    const L u = y0 - forward.start<L>(i);
    const L step = select(crosses, forward.end<L>(i) - y0, d);
    const auto slope = forward.slopes(i, u, u + step);
    L g = step * slope.between;
    if (any(crosses)) {
      const L v = d - (forward.start<L>(j) - y0);
      const L whole_rows = forward.value<L>(j) - forward.value_at_end<L>(i);
      const L across = g + (whole_rows + v * forward.slope_to(j, v));
      const auto known = either(whole_rows == 0.0, across > 0x1p-4);
      g = select(crosses, select(known, across, L(not_a_number)), g);
    }
    return exp(forward.value<L>(i) + u * slope.to_first) * expm1(g);
  }
  template <Lane L>
  static L time_from_within(const Law& law, const L& s0, const L& past, const L& e) {
    const CompiledMap forward = by_time(law);
    const Word<L> i = forward.row(past);
    const L u = log(past * law.c[2]) - forward.start<L>(i);
    const L x0 = forward.value<L>(i) + u * forward.slope_to(i, u);
    const L used = exp(x0), total = used + e;
    const auto close = 4.0 * e < used;
    L result = L(0.0);
    if (any(opposite(close))) result = larger(s0, time_at(law, total, log(total)));
    if (any(close)) result = select(close, s0 + past * expm1(rise(law, x0, used, e)), result);
    return select(x0 == x0, result, x0);
  }
  // log time at H0 + e less that at H0, x0 = log H0
  template <Lane L>
  static L rise(const Law& law, const L& x0, const L& used, const L& e) {
    const CompiledMap back = by_hazard(law);
    const Word<L> i = back.row(used), j = back.row(used + e);
    const L g = log1p(e / used);
    const auto crosses = small_integer(j) > small_integer(i);
    const L u = x0 - back.start<L>(i), rest = back.end<L>(i) - x0;
    const L step = select(crosses, rest, g);
    L d = step * back.slopes(i, u, u + step).between;
    if (any(crosses)) {
      const L v = g - rest;
      const L beyond = select(back.start<L>(j) == back.end<L>(i), v * back.slope_to(j, v), L(not_a_number));
      d = select(crosses, d + beyond, d);
    }
    return d;
  }
};

}  // namespace sojourn::distributions
