#include <gtest/gtest.h>

#include "base/units.hpp"

namespace sojourn {
namespace {

TEST(Units, Words) {
  EXPECT_EQ(time_unit("day"), TimeUnit::day);
  EXPECT_EQ(time_unit("days"), TimeUnit::day);
  EXPECT_EQ(time_unit("week"), TimeUnit::week);
  EXPECT_EQ(time_unit("weeks"), TimeUnit::week);
  EXPECT_EQ(time_unit("month"), TimeUnit::month);
  EXPECT_EQ(time_unit("months"), TimeUnit::month);
  EXPECT_EQ(time_unit("year"), TimeUnit::year);
  EXPECT_EQ(time_unit("years"), TimeUnit::year);
  for (const char* word : {"d", "Days", "DAY", "yr", "hour", "", "day "})
    EXPECT_EQ(time_unit(word), std::nullopt) << word;
  for (const TimeUnit unit : {TimeUnit::day, TimeUnit::week, TimeUnit::month, TimeUnit::year}) {
    EXPECT_EQ(time_unit(time_unit_name(unit)), unit);
  }
}

TEST(Units, Years) {
  EXPECT_EQ(years_from(365.25, TimeUnit::day), 1);
  EXPECT_EQ(years_from(28, TimeUnit::day), 28 / 365.25);
  EXPECT_EQ(years_from(4, TimeUnit::week), years_from(28, TimeUnit::day));
  EXPECT_EQ(years_from(12, TimeUnit::month), 1);
  EXPECT_EQ(years_from(3, TimeUnit::month), 0.25);
  EXPECT_EQ(years_from(7.5, TimeUnit::year), 7.5);
  for (int n = 0; n < 2000; ++n) {  // so that equal times written in different units tie exactly
    EXPECT_EQ(years_from(n, TimeUnit::week), years_from(7 * n, TimeUnit::day));
    EXPECT_EQ(years_from(12 * n, TimeUnit::month), years_from(n, TimeUnit::year));
    EXPECT_EQ(years_from(1461 * n, TimeUnit::day), years_from(4 * n, TimeUnit::year));
  }
}

TEST(Units, Rates) {
  EXPECT_EQ(per_year_from(0.02, TimeUnit::month), 0.02 * 12);
  EXPECT_EQ(per_year_from(0.001, TimeUnit::day), 0.001 * 365.25);
  EXPECT_EQ(per_year_from(7, TimeUnit::week), 365.25);
  EXPECT_EQ(per_year_from(0.3, TimeUnit::year), 0.3);
}

TEST(Units, Display) {
  EXPECT_EQ(in_unit(1, TimeUnit::month), 12);
  EXPECT_EQ(in_unit(2, TimeUnit::day), 730.5);
}

}  // namespace
}  // namespace sojourn
