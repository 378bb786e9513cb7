// Rates on a grid of ages and calendar years, followed along one patient's way through it (the diagonal of a Lexis
// diagram). s is the time since her start, when she is `age` old and the date is `year`: h(s) is the rate of the square
// that holds (age + s, year + s). The way is cut at birthdays, s = a - age, and at new years, s = y - year, each
// rounded once in s, so that nothing is lost to the size of a year's number. Both directions go from square to square.
// A piecewise exponential on the clock `calendar` is a grid of one age. Made by lowering only: it has no name for
// users. Constants: age and year at the start (placed()), numbers of ages and years. Law::table: the breaks in age and
// in year [years], each from -inf to +inf, then the rates [1/years] by age, then year. Error: H n ulp, T 2 ulp after n
// squares. Source: W. Lexis, Einleitung in die Theorie der Bevoelkerungsstatistik, 1875.
#pragma once

#include "distributions/family.hpp"
#include "distributions/landmarks.hpp"

namespace sojourn::distributions {

struct Lexis {
  static constexpr FamilyInfo info{.name = "lexis",
                                   .formula = "h(s) = rate of the square that holds (age + s, year + s)",
                                   .source = "Lexis 1875",
                                   .forms = {},
                                   .given_by = GivenBy::lowering};

  static Lowered lower(int, std::span<const double>) {
    return LowerProblem{0, "is given by a table, not by parameters", "see tables.hpp"};
  }
  static Landmarks landmarks(const Law&) { return {.smooth = false}; }

  template <Lane L>
  static L cumulative_hazard(const Law& law, const L& s) {
    return between(law, L(0.0), s);
  }
  template <Lane L>
  static L hazard(const Law& law, const L& s) {
    return Way<L>(law, s).rate();
  }
  template <Lane L>
  static L between(const Law& law, const L& s0, const L& s1) {
    Way<L> way(law, s0);
    L sum = L(0.0);
    for (Mask<L> going = s0 < s1; any(going);) {
      const L end = way.end();
      sum = select(going, sum + way.gathered(smaller(end, s1)), sum);
      going = both(going, end < s1);
      way.enter_next(going, end);
    }
    return sum;
  }
  template <Lane L>
  static L time_from_zero(const Law& law, const L& e) {
    return time_from(law, L(0.0), e);
  }
  template <Lane L>
  static L time_from(const Law& law, const L& s0, const L& e) {
    Way<L> way(law, s0);
    L rest = e;
    for (Mask<L> going = e > 0.0; any(going);) {
      const L end = way.end(), gathered = way.gathered(end);
      going = both(going, both(gathered < rest, end < infinity));
      rest = select(going, rest - gathered, rest);
      way.enter_next(going, end);
    }
    const L rate = way.rate(), end = way.end();
    const L reached = select(rate > 0.0, smaller(way.at() + rest / rate, end), end);
    return select(e > 0.0, reached, s0);
  }

 private:
  // Where on her way a patient is.
  template <Lane L>
  class Way {
   public:
    Way(const Law& law, const L& s)
        : ages_(static_cast<std::uint64_t>(law.c[2])),
          years_(static_cast<std::uint64_t>(law.c[3])),
          age_breaks_(law.table.data()),
          year_breaks_(age_breaks_ + ages_ + 1),
          rates_(year_breaks_ + years_ + 1),
          age_(law.c[0]),
          year_(law.c[1]),
          at_(s),
          i_(interval(age_breaks_, ages_, age_)),
          j_(interval(year_breaks_, years_, year_)) {}

    [[nodiscard]] const L& at() const { return at_; }
    [[nodiscard]] L rate() const { return look_up(rates_, i_ * Word<L>(years_) + j_); }
    // The end of the square; +inf for the last
    [[nodiscard]] L end() const { return smaller(next_birthday(), next_year()); }
    // What accumulates up to s within the square; 0 where the rate is 0, also at infinity
    [[nodiscard]] L gathered(const L& s) const {
      const L r = rate();
      return select(r > 0.0, r * (s - at_), L(0.0));
    }
    void enter_next(const Mask<L>& going, const L& end) {
      const auto birthday = both(going, next_birthday() <= end), new_year = both(going, next_year() <= end);
      i_ = select(birthday, i_ + Word<L>(std::uint64_t{1}), i_);
      j_ = select(new_year, j_ + Word<L>(std::uint64_t{1}), j_);
      at_ = select(going, end, at_);
    }

   private:
    [[nodiscard]] L next_birthday() const { return look_up(age_breaks_ + 1, i_) - age_; }
    [[nodiscard]] L next_year() const { return look_up(year_breaks_ + 1, j_) - year_; }

    // The last break at or before `at`, by bisection
    [[nodiscard]] Word<L> interval(const double* breaks, std::uint64_t size, double start) const {
      auto base = Word<L>(std::uint64_t{0});
      for (std::uint64_t length = size; length > 1;) {
        const std::uint64_t half = length / 2;
        const Word<L> middle = base + Word<L>(half);
        base = select(look_up(breaks, middle) - start <= at_, middle, base);
        length -= half;
      }
      return base;
    }

    std::uint64_t ages_, years_;
    const double *age_breaks_, *year_breaks_, *rates_;
    double age_, year_;
    L at_;
    Word<L> i_, j_;
  };
};

}  // namespace sojourn::distributions
