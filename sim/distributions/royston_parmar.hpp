// Royston and Parmar's spline: a natural cubic spline s(x), straight beyond the outer knots, in x = log t or x = t, is
//   log H (scale hazard), log of the odds of the event (odds), or -Phi^-1(S) (normal):
//   s(x) = gamma_0 + gamma_1 x + sum gamma_j ((x - k_j)+^3 - l_j (x - k_min)+^3 - (1 - l_j) (x - k_max)+^3),
//   l_j = (k_max - k_j) / (k_max - k_min), knots k_min, k_1, ..., k_max.
// Law::table holds, n values each, the knots and the terms a, b, c, e of a + b u + c u^2 + e u^3, u = x - knot, from
// each knot on; before the first knot a + b u. Constants: the scale, the time. s must not fall. x = t with s(0) above
// -infinity: an atom at 0, as in flexsurv. The inverse goes through the scale, then by bisection to a piece and there
// by Newton's method inside a shrinking bracket; from s0 three Newton steps on H(t) - H(s0) follow. Source: P. Royston
// and M. K. B. Parmar, Statistics in Medicine 21, 2002; flexsurv dsurvspline (spline = "rp").
#pragma once

#include "distributions/landmarks.hpp"
#include "distributions/log_location.hpp"
#include "distributions/tables.hpp"

namespace sojourn::distributions {

struct NormalStandard {
  static constexpr double density = detail::inverse_root_two_pi;
  template <Lane L>
  [[nodiscard]] static L deviance(const L& z) {
    return 0.5 * (z * z);
  }
  template <Lane L>
  [[nodiscard]] static L rise(const L& z, const L& d) {
    return d * (z + 0.5 * d);
  }
  template <Lane L>
  [[nodiscard]] static Mask<L> smooth(const L& z, const L& d) {
    return (magnitude(z) + d) * d < 0.5;
  }
  template <Lane L>
  [[nodiscard]] static Tails<L> tails(const L& z) {
    const L tail = scaled_tail(magnitude(z));
    return {z > 0.0, tail, gaussian(z) * tail};
  }
};

struct RoystonParmar {
  static constexpr FamilyInfo info{.name = "royston_parmar",
                                   .formula = "log H(t), the log odds of the event or -Phi^-1(S(t)) is a cubic spline",
                                   .source = "flexsurv dsurvspline; Royston and Parmar 2002",
                                   .forms = {},
                                   .given_by = GivenBy::spline};
  static constexpr bool compiled = true;

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is given by a spline, not by parameters", "see tables.hpp"};
  }
  static Landmarks landmarks(const Law& law) {
    const Spline spline(law);
    Landmarks made;
    for (std::size_t i = 0; i < spline.size; ++i) {
      made.kinks.push_back(law.c[1] == log_time ? exp(spline.knots[i]) : spline.knots[i]);
    }
    return made;
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return select(s > 0.0, select(s < infinity, hazard_of(law, Spline(law).at(place(law, s))), at_infinity(law, s)),
                  L(0.0));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const L inside = smaller(larger(s, L(0x1p-1022)), L(0x1p1022));
    const L x = place(law, inside);
    const L y = Spline(law).at(x), slope = Spline(law).slope(x);
    L factor = L(0.0);
    if (law.c[0] == hazard_scale) factor = exp(y);
    if (law.c[0] == odds_scale) factor = logistic(y);
    if (law.c[0] == normal_scale) factor = normal_hazard(y);
    return select(slope > 0.0, factor * slope, L(0.0)) / (law.c[1] == log_time ? inside : L(1.0));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const Spline spline(law);
    const auto far = either(s0 == 0.0, s1 > 1e3 * s0);
    const L x0 = place(law, larger(s0, L(0x1p-1022)));
    const L near_step = law.c[1] == log_time ? log1p(select(far, L(0.0), (s1 - s0) / s0)) : s1 - s0;
    const L step = select(far, smaller(place(law, s1), L(1e300)) - x0, near_step);
    const L y0 = spline.at(x0), rise = larger(spline.rise(x0, step), L(0.0));
    const L plain = cumulative_hazard(law, s1) - cumulative_hazard(law, s0);
    const L result = select(either(either(far, rise > 600.0), s1 == infinity), plain, fall(law, y0, rise));
    return select(s1 > s0, larger(result, L(0.0)), L(0.0));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    L y = L(0.0);
    if (law.c[0] == hazard_scale) y = log(e);
    if (law.c[0] == odds_scale) y = e + log(-expm1(-e));
    if (law.c[0] == normal_scale) y = normal_quantile_of_hazard(e);
    const L x = Spline(law).inverse(y);
    const L t = law.c[1] == log_time ? exp(x) : larger(x, L(0.0));
    return select(e > 0.0, select(e < infinity, t, L(infinity)), L(0.0));
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
    return select(e > 0.0, select(s0 == 0.0, start, select(start < infinity, t, start)), s0);
  }

 private:
  static constexpr double hazard_scale = static_cast<double>(SplineScale::hazard);
  static constexpr double odds_scale = static_cast<double>(SplineScale::odds);
  static constexpr double normal_scale = static_cast<double>(SplineScale::normal);
  static constexpr double log_time = static_cast<double>(SplineTime::log);

  // The pieces: piece i from knot i on, the first also before it (there without c and e).
  struct Spline {
    explicit Spline(const Law& law)
        : size(law.table.size() / 5), knots(law.table.data()), a(knots + size), b(a + size), c(b + size), e(c + size) {}

    template <Lane L>
    [[nodiscard]] static Word<L> last_at_most(const double* values, std::uint64_t count, const L& x) {
      auto base = Word<L>(std::uint64_t{0});
      for (std::uint64_t length = count; length > 1;) {
        const std::uint64_t half = length / 2;
        const Word<L> middle = base + half;
        base = select(look_up(values, middle) <= x, middle, base);
        length -= half;
      }
      return base;
    }
    template <Lane L>
    [[nodiscard]] L at(const L& x) const {
      const Word<L> i = last_at_most(knots, size, x);
      const L u = x - look_up(knots, i);
      return look_up(a, i) + from_knot(i, u);
    }
    // s at knot i + u less s at the knot
    template <Lane L>
    [[nodiscard]] L from_knot(const Word<L>& i, const L& u) const {
      const L bend = u * (look_up(c, i) + u * look_up(e, i));
      return u * (look_up(b, i) + select(u > 0.0, bend, L(0.0)));
    }
    template <Lane L>
    [[nodiscard]] L slope(const L& x) const {
      const Word<L> i = last_at_most(knots, size, x);
      const L u = x - look_up(knots, i);
      const L bend = u * (2.0 * look_up(c, i) + u * (3.0 * look_up(e, i)));
      return look_up(b, i) + select(u > 0.0, bend, L(0.0));
    }
    // s(x + d) - s(x), d >= 0: within a piece, or up to its end, over whole pieces and on within another
    template <Lane L>
    [[nodiscard]] L rise(const L& x, const L& d) const {
      const Word<L> i = last_at_most(knots, size, x), j = last_at_most(knots, size, x + d);
      const L u = x - look_up(knots, i), v = d - (look_up(knots, j) - x);
      const auto straight = both(u < 0.0, v <= 0.0);
      const auto same = both(small_integer(i) == small_integer(j), either(u >= 0.0, straight));
      const Word<L> end = select(either(same, u < 0.0), i, i + std::uint64_t{1});
      const L step = select(same, d, look_up(knots, end) - x);
      const L bend = look_up(c, i) * (2.0 * u + step) + look_up(e, i) * (3.0 * u * (u + step) + step * step);
      const L first = step * (look_up(b, i) + select(u >= 0.0, bend, L(0.0)));
      return select(same, first, (first + from_knot(j, v)) + (look_up(a, j) - look_up(a, end)));
    }
    // The first x with s(x) >= y
    template <Lane L>
    [[nodiscard]] L inverse(const L& y) const {
      const Word<L> i = last_at_most(a, size, y);
      const L height = y - look_up(a, i);
      const auto is_last = small_integer(i) >= static_cast<double>(size - 1);
      const Word<L> next = select(is_last, i, i + std::uint64_t{1});
      const auto straight = either(is_last, height <= 0.0);
      const L line = height / look_up(b, i);
      const L width = select(straight, L(1.0), look_up(knots, next) - look_up(knots, i));
      const L whole = select(straight, L(1.0), look_up(a, next) - look_up(a, i));
      L low = L(0.0), high = width, u = width * (select(straight, L(0.0), height) / whole);
      auto active = opposite(straight);
      for (int k = 0; k < 100 && any(active); ++k) {
        const L excess = from_knot(i, u) - height;
        low = select(excess < 0.0, u, low);
        high = select(excess >= 0.0, u, high);
        const L gradient = look_up(b, i) + u * (2.0 * look_up(c, i) + u * (3.0 * look_up(e, i)));
        const L moved = u - excess / gradient;
        const L next_u = select(both(moved >= low, moved <= high), moved, 0.5 * (low + high));
        active = both(active, magnitude(next_u - u) > 0x1p-54 * width);
        u = select(active, next_u, u);
      }
      const L flat = select(height > 0.0, L(infinity), L(0.0));
      return look_up(knots, i) + select(straight, select(look_up(b, i) > 0.0, line, flat), u);
    }

    std::size_t size;
    const double *knots, *a, *b, *c, *e;
  };

  template <Lane L>
  static L place(const Law& law, const L& s) {
    return law.c[1] == log_time ? log(s) : s;
  }
  template <Lane L>
  static L hazard_of(const Law& law, const L& y) {
    if (law.c[0] == hazard_scale) return exp(y);
    if (law.c[0] == normal_scale) return normal_cumulative_hazard(y);
    return larger(y, L(0.0)) + log1p(exp(-magnitude(y)));
  }
  template <Lane L>
  static L at_infinity(const Law& law, const L& s) {
    const Spline spline(law);
    return spline.b[spline.size - 1] > 0 ? s : hazard_of(law, L(spline.a[spline.size - 1]));
  }
  // H at y + rise less H at y
  template <Lane L>
  static L fall(const Law& law, const L& y, const L& rise) {
    if (law.c[0] == hazard_scale) return exp(y) * expm1(rise);
    if (law.c[0] == odds_scale) return log1p(logistic(y) * expm1(rise));
    return standard_between(NormalStandard(), y, rise);
  }
};

}  // namespace sojourn::distributions
