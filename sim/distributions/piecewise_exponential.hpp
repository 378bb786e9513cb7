// Piecewise exponential: hazard rates[i] on [breaks[i], breaks[i+1]), the last one for ever; H is piecewise linear.
// A life table is the same with breaks in years of age. Law::table holds, n values each, the breaks [years], the
// rates [1/years], H at the breaks as head and tail (so that differences of H far along the table lose nothing).
// Both directions find their interval by bisection with a fixed number of steps. Error: H 2 ulp, T 2 ulp.
// Source: flexsurv and msm dpexp; M. Friedman, Annals of Statistics 10, 1982.
#pragma once

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct PiecewiseFormulas {
  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is given by a table, not by parameters", "see tables.hpp"};
  }
  // The breaks, and as the origin the first with a positive rate.
  static Landmarks landmarks(const Law& law) {
    const Columns t(law);
    Landmarks made;
    bool begun = false;
    for (std::size_t i = 0; i < t.size; ++i) {
      if (!begun && t.rates[i] > 0) made.origin = t.breaks[i];
      begun = begun || t.rates[i] > 0;
      made.kinks.push_back(t.breaks[i]);
    }
    return made;
  }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    const Columns t(law);
    const Word<L> i = t.interval(s);
    return look_up(t.head, i) + (look_up(t.tail, i) + past(t, i, s));
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    const Columns t(law);
    return look_up(t.rates, t.interval(s));
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    const Columns t(law);
    const Word<L> i = t.interval(s0), j = t.interval(s1);
    const L first = look_up(t.rates, i) * (s1 - s0);
    const L whole = (look_up(t.head, j) - look_up(t.head, i)) + (look_up(t.tail, j) - look_up(t.tail, i));
    const L result = (whole - past(t, i, s0)) + past(t, j, s1);
    return select(s1 == s0, L(0.0), select(small_integer(i) == small_integer(j), first, result));
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_from(law, L(0.0), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    const Columns t(law);
    const Word<L> i = t.interval(s0);
    const L head = look_up(t.head, i), tail = look_up(t.tail, i), used = past(t, i, s0);
    // the last break at which less than e has accumulated since s0
    const Word<L> j = t.last(
        [&](const Word<L>& at) { return (look_up(t.head, at) - head) + ((look_up(t.tail, at) - tail) - used) < e; },
        s0);
    const auto same = small_integer(j) <= small_integer(i);
    const Word<L> k = select(same, i, j);
    const L before = select(same, L(0.0), (look_up(t.head, k) - head) + ((look_up(t.tail, k) - tail) - used));
    const L rate = look_up(t.rates, k);
    const L result = select(same, s0, look_up(t.breaks, k)) + (e - before) / rate;
    return select(e > 0.0, select(rate > 0.0, smaller(result, t.end(k)), L(infinity)), s0);
  }

 private:
  struct Columns {
    explicit Columns(const Law& law)
        : size(law.table.size() / 4),
          breaks(law.table.data()),
          rates(breaks + size),
          head(rates + size),
          tail(head + size) {}

    // The last index for which holds(index), which is true up to some index and false after; 0 if it never is.
    template <class F, Lane L>
    [[nodiscard]] Word<L> last(F holds, const L&) const {
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
      return last([&](const Word<L>& at) { return look_up(breaks, at) <= s; }, s);
    }
    // The end of interval k: +inf for the last
    template <class W>
    [[nodiscard]] auto end(const W& k) const {
      const auto is_last = small_integer(k) >= static_cast<double>(size - 1);
      using L = decltype(small_integer(k));
      const W next = select(is_last, W(static_cast<std::uint64_t>(size - 1)), k + std::uint64_t{1});
      return select(is_last, L(infinity), look_up(breaks, next));
    }

    std::size_t size;
    const double *breaks, *rates, *head, *tail;
  };

  // What accumulates from the start of interval i to s; 0 where the rate is 0, also at infinity.
  template <Lane L>
  static L past(const Columns& t, const Word<L>& i, const L& s) {
    const L rate = look_up(t.rates, i);
    return select(rate > 0.0, rate * (s - look_up(t.breaks, i)), L(0.0));
  }
};

struct PiecewiseExponential : PiecewiseFormulas {
  static constexpr FamilyInfo info{.name = "piecewise_exponential",
                                   .formula = "h(t) = rate_i for breaks_i <= t < breaks_(i+1), the last rate going on",
                                   .source = "flexsurv, msm dpexp; Friedman 1982",
                                   .forms = {},
                                   .given_by = GivenBy::rates};
};

struct LifeTable : PiecewiseFormulas {
  static constexpr FamilyInfo info{.name = "life_table",
                                   .formula = "h(age) = rate of the completed age, the last rate going on",
                                   .source = "R survival survexp; Ederer, Axtell and Cutler, NCI Monograph 6, 1961",
                                   .forms = {},
                                   .given_by = GivenBy::life_table};
};

}  // namespace sojourn::distributions
