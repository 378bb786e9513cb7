// What people and other programs read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "base/words.hpp"
#include "lives.hpp"
#include "outcomes/columns.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes::testing {
namespace {

using model::OutcomeKind;
using ::testing::HasSubstr;
using ::testing::Not;

Results example() {
  auto m = small_model(5, 3);
  m.observed_until = 1;
  m.strategies[1].label = "A \"better\" one";
  m.outcomes = {overall_survival({0.5, 1, 2}), outcome(OutcomeKind::distribution, "grade", {}, {}),
                outcome(OutcomeKind::share, "remission", {}, {})};
  m.outcomes[0].label = "Overall survival, comma";
  m.outcomes[0].until = 3;
  m.outcomes[0].targets = {{1, "", 0.8, 0.05, "a trial"}};
  m.outcomes[1].attribute = AttributeId{grade};
  m.outcomes[2].share = parsed("visited(alive)");
  std::vector<std::vector<Course>> courses(3);
  for (int p = 0; p < 200; ++p) {
    for (int s = 0; s < 3; ++s) {
      Course c;
      if (p % 3 == 0) c.states.emplace_back(dead, 0.02 * p + (s == 1 ? 0.4 : 0));
      c.changes.push_back({grade, 0.1, static_cast<double>(p % 4)});
      courses[static_cast<std::size_t>(s)].push_back(c);
    }
  }
  return results_of(m, courses);
}

TEST(Times, AreSaidInTheUnitThatFits) {
  EXPECT_EQ(time_text(1), "12 months");
  EXPECT_EQ(time_text(5), "60 months");
  EXPECT_EQ(time_text(20), "20 years");
  EXPECT_EQ(time_text(1.0 / 12), "1 month");
  EXPECT_EQ(time_text(28 / 365.25), "28 days");
  EXPECT_EQ(time_text(0), "0 days");
  EXPECT_EQ(time_text(7.5), "7.50 years");
}

TEST(Digits, FollowTheError) {
  EXPECT_EQ(decimals_for(0.14), 2);
  EXPECT_EQ(decimals_for(0.3), 1);
  EXPECT_EQ(decimals_for(0.03), 2);
  EXPECT_EQ(decimals_for(3), 0);
  EXPECT_EQ(decimals_for(1.2), 1);
  EXPECT_EQ(decimals_for(120), 0);
  EXPECT_EQ(with_commas(1234567), "1,234,567");
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(-1000), "-1,000");
}

TEST(TerminalTable, FitsItsWidthAndEndsLinesCleanly) {
  const Results r = example();
  for (const int width : {60, 80, 120}) {
    std::stringstream lines(terminal_table(r, width));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
      EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
  }
}

TEST(TerminalTable, SaysWhatItShouldAndNoMore) {
  const std::string text = terminal_table(example(), 100);
  EXPECT_THAT(text, HasSubstr("200 patients, the same under each strategy"));
  EXPECT_THAT(text, HasSubstr("24 months *"));
  EXPECT_THAT(text, Not(HasSubstr("12 months *")));
  EXPECT_THAT(text, HasSubstr("* beyond 12 months, where observation ends: extrapolation"));
  EXPECT_THAT(text, HasSubstr("100 (>98.2)"));
  EXPECT_THAT(text, HasSubstr("0 identical"));
  EXPECT_THAT(text, HasSubstr("No patient differs from the reference (difference 0): grade; remission"));
  EXPECT_THAT(text, HasSubstr("Published figures"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
  EXPECT_THAT(text, Not(HasSubstr("inf")));
  EXPECT_THAT(text, Not(HasSubstr("-0.0 ")));
}

TEST(TerminalTable, OfOneStrategyHasNoDifferences) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1})};
  const std::string text = terminal_table(results_of(m, {{{}, {{{alive, 0}, {dead, 0.5}}}}}), 80);
  EXPECT_THAT(text, HasSubstr("50 ± 35"));
  EXPECT_THAT(text, Not(HasSubstr("Difference")));
}

TEST(TerminalTable, WithoutOutcomesSaysSo) {
  EXPECT_THAT(terminal_table(results_of(small_model(4, 1), {{{}}}), 80), HasSubstr("declares no outcomes"));
}

TEST(Columns, ALabelThatDoesNotFitTakesALineOfItsOwn) {
  TextColumns columns{
      "T", {"one", "two"}, {{"a label that is a good deal longer than the room", {{"1", " ± 2"}, {"3", ""}}, "*"}}};
  EXPECT_EQ(laid_out(columns, 40),
            "T                           one  two\n"
            "a label that is a good deal longer than the room *\n"
            "                          1 ± 2    3\n");
}

TEST(Csv, HasARowForEachNumberAndQuotes) {
  const Results r = example();
  const std::string text = csv(r);
  EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), r.rows.size() + 1);
  EXPECT_THAT(text,
              HasSubstr("outcome,label,kind,measure,method,unit,group,level,time,extrapolated,strategy,n,too_short,"
                        "events,estimate,se,lower,upper,low,high,difference,"));
  EXPECT_THAT(text, HasSubstr("os,\"Overall survival, comma\",survival,survival,proportion,1,,,0.5,0,A,200,0,"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(Json, IsWellFormedWithDeclaredKeys) {
  const std::string text = json(example());
  EXPECT_THAT(text, ::testing::StartsWith("{\n  \"schema\": 1,\n  \"patients\": 200,\n  \"horizon\": 5,\n"));
  EXPECT_THAT(text, HasSubstr("{\"name\": \"B\", \"label\": \"A \\\"better\\\" one\"}"));
  EXPECT_THAT(text, HasSubstr("\"se\": null"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
  EXPECT_THAT(text, Not(HasSubstr("inf")));
  EXPECT_EQ(std::count(text.begin(), text.end(), '{'), std::count(text.begin(), text.end(), '}'));
}

TEST(Table, HasEqualColumns) {
  const Results r = example();
  for (const Column& column : table(r).columns) {
    const std::size_t rows = std::visit([](const auto& values) { return values.size(); }, column.values);
    EXPECT_EQ(rows, r.rows.size()) << column.name;
    EXPECT_FALSE(column.name.empty());
  }
}

}  // namespace
}  // namespace sojourn::outcomes::testing
