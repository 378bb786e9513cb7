// Rates by age and calendar year along random diagonals, against a walk over the squares in 64-bit mantissas that is
// written without anything of the formulas: cumulative hazard, its inverse within the contract
//   |H(T) - H(t0) - E| <= 1e-12 E + 2 h(T) ulp(T),  T the time since the start,
// lanes, and the special cases that other families know. Cutting at birthdays only, or at new years only, is caught.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../base/precise.hpp"
#include "distributions/families.hpp"
#include "distributions/tables.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;

constexpr int ages = 12, first_year = 2010, years = 7;

// Rates differ from square to square, some are 0.
double some_rate(int age, int year) {
  const int mixed = (age * 37 + year * 101) % 23;
  return mixed == 5 ? 0 : 0.01 * mixed * (1 + 0.2 * age);
}
// Before birth nothing; past the ends of the table its last rates go on.
double rate_at(int age, int year) {
  if (age < 0) return 0;
  return some_rate(std::min(age, ages - 1), std::clamp(year - first_year, 0, years - 1));
}

struct Grid {
  std::vector<double> storage;
  Law law;

  Grid() {
    std::vector<double> at_ages{-infinity}, at_years{-infinity}, rates;
    for (int age = 0; age < ages; ++age) at_ages.push_back(age);
    for (int year = 1; year < years; ++year) at_years.push_back(first_year + year);
    for (int age = -1; age < ages; ++age) {
      for (int year = 0; year < years; ++year) rates.push_back(rate_at(age, first_year + year));
    }
    storage = lexis_table(at_ages, at_years, rates);
    law = lexis_law(storage, at_ages.size(), at_years.size());
  }
};

// H(b) - H(a) for a patient who is `age` old at the date `year`.
long double walk(long double age, long double year, long double a, long double b) {
  std::vector<long double> cuts{a, b};
  for (int k = -3; k < 60; ++k) cuts.push_back(static_cast<long double>(k) - age);
  for (int k = 1990; k < 2070; ++k) cuts.push_back(static_cast<long double>(k) - year);
  std::sort(cuts.begin(), cuts.end());
  long double sum = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (cuts[i] < a || cuts[i + 1] > b) continue;
    const long double middle = (cuts[i] + cuts[i + 1]) / 2;
    sum += rate_at(static_cast<int>(std::floor(age + middle)), static_cast<int>(std::floor(year + middle))) *
           (cuts[i + 1] - cuts[i]);
  }
  return sum;
}

struct Start {
  double age, year;
};
std::vector<Start> random_starts(Inputs& in, int n) {
  std::vector<Start> all{{0, 2010}, {3, 2012}, {3.25, 2012.25}, {0.1, 2009.95}, {-0.75, 2011.3}, {5.1, 2012.1}};
  for (int i = 0; i < n; ++i) all.push_back({in.between(0, 14), in.between(2006, 2019)});
  return all;
}

TEST(Lexis, CumulativeHazardAlongRandomDiagonals) {
  const Grid grid;
  Inputs in(71);
  for (const Start& start : random_starts(in, 300)) {
    const Law law = placed(grid.law, start.age, start.year);
    for (int i = 0; i < 20; ++i) {
      const double a = i % 3 == 0 ? 0 : in.between(0, 12), b = a + in.log_between(1e-9, 20);
      const long double exact = walk(start.age, start.year, a, b);
      EXPECT_NEAR(cumulative_hazard_between(law, a, b), static_cast<double>(exact),
                  1e-13 * static_cast<double>(exact) + 20 * 1e-15)
          << start.age << " " << start.year << ": " << a << " to " << b;
      EXPECT_EQ(cumulative_hazard(law, b), cumulative_hazard_between(law, 0, b));
    }
    EXPECT_EQ(cumulative_hazard_between(law, 1.5, 1.5), 0);
    EXPECT_EQ(cumulative_hazard(law, infinity), rate_at(ages, 2100) > 0 ? infinity : cumulative_hazard(law, 100));
  }
}

TEST(Lexis, TheInverseKeepsTheContractInTheTimeSinceTheStart) {
  const Grid grid;
  Inputs in(72);
  Largest worst;
  for (const Start& start : random_starts(in, 500)) {
    const Law law = placed(grid.law, start.age, start.year);
    for (int i = 0; i < 20; ++i) {
      const double t0 = i % 2 == 0 ? 0 : in.between(0, 15), e = in.log_between(1e-12, 8);
      const double t = t0 == 0 && i % 4 == 0 ? time_of(law, e) : time_of(law, t0, e);
      ASSERT_GT(t, t0);
      ASSERT_LT(t, 1e3);
      const long double left = walk(start.age, start.year, t0, t) - static_cast<long double>(e);
      const double ulp = std::nextafter(t, infinity) - t;
      const double h = std::max(hazard(law, t), hazard(law, std::nextafter(t, 0)));
      worst.see(static_cast<double>(std::abs(left)) / (1e-12 * e + 2 * h * ulp), t0, e);
    }
  }
  EXPECT_LE(worst.value, 1) << worst;
}

TEST(Lexis, TheSquareIsClosedOnTheLeft) {
  const Grid grid;
  const Law law = placed(grid.law, 3.25, 2012.5);
  EXPECT_EQ(hazard(law, 0), rate_at(3, 2012));
  EXPECT_EQ(hazard(law, std::nextafter(0.5, 0)), rate_at(3, 2012));
  EXPECT_EQ(hazard(law, 0.5), rate_at(3, 2013));
  EXPECT_EQ(hazard(law, 0.75), rate_at(4, 2013));
  EXPECT_EQ(hazard(placed(grid.law, 30, 2050), 5), rate_at(11, 2016));
  EXPECT_EQ(hazard(placed(grid.law, 4, 1990), 0), rate_at(4, 2010));
}

TEST(Lexis, EightLanesGiveTheBitsOfOne) {
  const Grid grid;
  Inputs in(73);
  using Eight = Pack<8>;
  for (const Start& start : random_starts(in, 50)) {
    const Law law = placed(grid.law, start.age, start.year);
    const Eight x = Eight::make([&](std::size_t lane) { return lane == 0 ? 0 : in.between(0, 12); });
    const Eight e = Eight::make([&](std::size_t lane) { return lane == 1 ? 0 : in.log_between(1e-9, 9); });
    const Eight y = x + e;
    const Eight sums = Lexis::between(law, x, y), times = Lexis::time_from(law, x, e), rates = Lexis::hazard(law, y);
    const Eight firsts = Lexis::time_from_zero(law, e), whole = Lexis::cumulative_hazard(law, y);
    for (std::size_t i = 0; i < 8; ++i) {
      EXPECT_EQ(sums.at[i], Lexis::between(law, x.at[i], y.at[i]));
      EXPECT_EQ(times.at[i], Lexis::time_from(law, x.at[i], e.at[i]));
      EXPECT_EQ(rates.at[i], Lexis::hazard(law, y.at[i]));
      EXPECT_EQ(firsts.at[i], Lexis::time_from_zero(law, e.at[i]));
      EXPECT_EQ(whole.at[i], Lexis::cumulative_hazard(law, y.at[i]));
    }
  }
}

Law law_of_rates(const std::vector<double>& storage) {
  Law law;
  law.family = find_family("piecewise_exponential").value();
  law.table = storage;
  return law;
}

TEST(Lexis, RatesThatAreTheSameInAllYearsAreALifeTable) {
  const std::vector<double> breaks{0, 1, 2, 3, 4}, rates{0.3, 0.1, 0, 0.2, 0.7};
  const std::vector<double> one_way_table = piecewise_table(breaks, rates);
  const Law one_way = law_of_rates(one_way_table);
  std::vector<double> by_age{0, 0, 0};
  for (const double rate : rates) by_age.insert(by_age.end(), 3, rate);
  const std::vector<double> table =
      lexis_table(std::vector{-infinity, 0.0, 1.0, 2.0, 3.0, 4.0}, std::vector{-infinity, 2011.0, 2012.0}, by_age);
  Inputs in(74);
  for (int i = 0; i < 1000; ++i) {
    const double age = in.between(0, 5), e = in.log_between(1e-6, 5);
    const double t = time_of(placed(lexis_law(table, 6, 3), age, in.between(2009, 2013)), e);
    EXPECT_NEAR(t, time_of(one_way, age, e) - age, 1e-14 * (1 + t + age));
  }
}

TEST(Lexis, APiecewiseExponentialOnTheCalendar) {
  const std::vector<double> storage =
      piecewise_table(std::vector{0.0, 2010.0, 2012.5, 2020.0}, std::vector{0.0, 0.3, 0.05, 0.4});
  const auto made = by_calendar(law_of_rates(storage));
  ASSERT_TRUE(made && made->depends_on_start);
  Law law = made->law;
  law.table = made->table;
  const Law patient = placed(law, 0, 2009.3);  // 2010 is 0.7 years later as far as doubles know
  EXPECT_EQ(hazard(patient, 0.5), 0);
  EXPECT_EQ(cumulative_hazard(patient, 2010 - 2009.3), 0);
  EXPECT_EQ(hazard(patient, 2010 - 2009.3), 0.3);
  EXPECT_NEAR(time_of(patient, 0.75 + 1e-9), 2012.5 - 2009.3 + 1e-9 / 0.05, 1e-15 * 10);
  EXPECT_NEAR(time_of(patient, 0.75 + 0.375 + 0.4), 2021 - 2009.3, 1e-14);
}

TEST(Lexis, AUniformOnTheCalendar) {
  const Law law = std::get<Law>(lower(find_family("uniform").value(), 0, std::vector{2010.0, 2012.0}));
  const auto made = by_calendar(law);
  ASSERT_TRUE(made && made->depends_on_start);
  EXPECT_NEAR(time_of(placed(made->law, 0, 2009.5), std::log(2.0)), 1.5, 1e-15);
  EXPECT_NEAR(time_of(placed(made->law, 0, 2011), std::log(2.0)), 0.5, 1e-15);
  EXPECT_EQ(time_of(placed(made->law, 0, 2012), 1), infinity);  // it is over
  EXPECT_FALSE(by_calendar(std::get<Law>(lower(find_family("weibull").value(), 0, std::vector{2.0, 3.0}))));
}

TEST(Lexis, WhatIsNoGridIsRefused) {
  const std::vector<double> whole{-infinity}, falling{-infinity, 3, 2}, from_zero{0, 1};
  EXPECT_THROW((void)lexis_table(falling, whole, std::vector{1.0, 1.0, 1.0}), std::invalid_argument);
  EXPECT_THROW((void)lexis_table(whole, from_zero, std::vector{1.0, 1.0}), std::invalid_argument);
  EXPECT_THROW((void)lexis_table(whole, whole, std::vector{1.0, 1.0}), std::invalid_argument);
  EXPECT_THROW((void)lexis_table(whole, whole, std::vector{-1.0}), std::invalid_argument);
}

TEST(Lexis, HasNoNameInTheLanguage) {
  EXPECT_FALSE(find_family("lexis"));
  EXPECT_EQ(families().size(), family_count);
}

}  // namespace
}  // namespace sojourn::test
