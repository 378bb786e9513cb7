// The tables beside the outcomes: comparisons, curves, flows, on lives that can be counted by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/byte_stream.hpp"
#include "lives.hpp"
#include "outcomes/passage.hpp"

namespace sojourn::outcomes::testing {
namespace {

using model::OutcomeKind;

const Table& table_named(const Results& results, const std::string& name) {
  for (const Table& one : results.tables) {
    if (one.name == name) return one;
  }
  throw std::runtime_error("no table " + name);
}

template <class T>
std::vector<T> column(const Table& table, const std::string& name) {
  for (const Column& one : table.columns) {
    if (one.name == name) return std::get<std::vector<T>>(one.values);
  }
  throw std::runtime_error("no column " + name);
}

// Strategies A, B, C over four patients and 4 years: dead at (1, -, 3, -), (2, -, -, -), (-, 1, -, -).
std::vector<std::vector<Course>> three_strategies() {
  const auto dies = [](double t) { return Course{{{alive, 0}, {dead, t}}}; };
  return {{dies(1), {}, dies(3), {}}, {dies(2), {}, {}, {}}, {{}, dies(1), {}, {}}};
}

Results compared() {
  auto m = small_model(4, 3);
  m.outcomes = {overall_survival({1.5})};
  m.outcomes[0].until = 4;
  return results_of(m, three_strategies());
}

TEST(Comparisons, CoverEveryTwoStrategies) {
  const Table table = table_named(compared(), "comparisons");
  const auto strategy = column<std::string>(table, "strategy"), against = column<std::string>(table, "against");
  const auto difference = column<double>(table, "difference");
  ASSERT_EQ(strategy.size(), 6U);  // two numbers, three pairs
  EXPECT_EQ(strategy[0] + against[0] + strategy[1] + against[1] + strategy[2] + against[2], "BACACB");
  EXPECT_EQ(difference[0], 1 - 0.75);  // alive at 1.5
  EXPECT_EQ(difference[1], 0.75 - 0.75);
  EXPECT_EQ(difference[2], 0.75 - 1);
  EXPECT_EQ(difference[3], (14 - 12) / 4.0);  // years lived: 1 + 4 + 3 + 4, 2 + 4 + 4 + 4, 4 + 1 + 4 + 4
  EXPECT_EQ(difference[4], (13 - 12) / 4.0);
  EXPECT_EQ(difference[5], (13 - 14) / 4.0);
}

TEST(Comparisons, ErrorsAreThoseOfThePairedDifferences) {
  const Table table = table_named(compared(), "comparisons");
  const auto se = column<double>(table, "se");
  // C against B: years 2, -3, 0, 0; mean -0.25
  const double mean = -0.25;
  double squares = 0;
  for (const double d : {2.0, -3.0, 0.0, 0.0}) squares += (d - mean) * (d - mean);
  EXPECT_NEAR(se[5], std::sqrt(squares / 3 / 4), 1e-14);
  // A against C alive at 1.5: one better, one worse, as McNemar has it
  EXPECT_NEAR(se[1], std::sqrt(2.0) / 4, 1e-15);
}

TEST(Comparisons, TellWhoGainsAndWhatTheMarginsAllow) {
  const Table table = table_named(compared(), "comparisons");
  EXPECT_EQ(column<double>(table, "higher")[1], 0.25);
  EXPECT_EQ(column<double>(table, "lower_share")[1], 0.25);
  EXPECT_EQ(column<double>(table, "equal")[1], 0.5);
  // shares 0.75 and 0.75: between none and a quarter can be better
  EXPECT_EQ(column<double>(table, "higher_least")[1], 0);
  EXPECT_EQ(column<double>(table, "higher_most")[1], 0.25);
  EXPECT_EQ(column<double>(table, "higher")[5], 0.25);
  EXPECT_EQ(column<double>(table, "lower_share")[5], 0.25);
  EXPECT_TRUE(std::isnan(column<double>(table, "higher_least")[5]));
}

TEST(Comparisons, SimultaneousIntervalsAreWider) {
  const Table table = table_named(compared(), "comparisons");
  const auto low = column<double>(table, "lower"), high = column<double>(table, "upper");
  const auto low_all = column<double>(table, "simultaneous_lower"),
             high_all = column<double>(table, "simultaneous_upper");
  // 97.5% against each of two others: 2.2414 for 1.9600
  EXPECT_NEAR((high_all[5] - low_all[5]) / (high[5] - low[5]), 2.2414027276 / 1.9599639845, 1e-9);
}

TEST(Comparisons, WithManyStrategiesAreWithTheReferenceOnly) {
  const std::size_t strategies = most_compared_pairwise + 1;
  auto m = small_model(4, strategies);
  m.outcomes = {overall_survival({1.5})};
  const std::vector<std::vector<Course>> courses(strategies, std::vector<Course>(3));
  EXPECT_EQ(column<double>(table_named(results_of(m, courses, 2), "comparisons"), "difference").size(), strategies - 1);
}

TEST(Curves, AreTheOutcomesBetweenItsTimes) {
  const Results r = compared();
  const Table table = table_named(r, "curves");
  const auto name = column<std::string>(table, "outcome"), strategy = column<std::string>(table, "strategy");
  const auto time = column<double>(table, "time"), estimate = column<double>(table, "estimate");
  const auto at_risk = column<std::int64_t>(table, "at_risk");
  std::size_t points = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != "os" || strategy[i] != "A") continue;
    ++points;
    const double alive_then = time[i] < 1 ? 1 : time[i] < 3 ? 0.75 : 0.5;
    EXPECT_EQ(estimate[i], alive_then) << time[i];
    EXPECT_EQ(static_cast<double>(at_risk[i]), 4 * alive_then);
  }
  EXPECT_EQ(points, static_cast<std::size_t>(curve_steps) + 1);  // 1.5 and 4 years are among the even steps
}

TEST(Curves, OccupancyCountsWhoIsWhere) {
  auto m = small_model(4, 1);
  const Results r = results_of(m, {{{{{alive, 0}, {ill, 1}, {ill, 1}, {dead, 2}}}, {{{alive, 0}, {ill, 3}}}}});
  const Table table = table_named(r, "curves");
  const auto level = column<std::string>(table, "level");
  const auto time = column<double>(table, "time"), estimate = column<double>(table, "estimate");
  std::map<double, double> all;
  for (std::size_t i = 0; i < level.size(); ++i) {
    all[time[i]] += estimate[i];
    if (level[i] == "ill") {
      EXPECT_EQ(estimate[i], (time[i] >= 1 && time[i] < 2) || time[i] >= 3 ? 0.5 : 0) << time[i];
    }
    if (level[i] == "dead") {
      EXPECT_EQ(estimate[i], time[i] >= 2 ? 0.5 : 0) << time[i];
    }
  }
  for (const auto& [when, sum] : all) EXPECT_EQ(sum, 1) << when;
  EXPECT_EQ(all.size(), static_cast<std::size_t>(curve_steps) + 1);
}

TEST(Flows, CountWaysAndWhoTakesThem) {
  auto m = small_model(4, 1);
  const Course twice{{{alive, 0}, {ill, 1}, {alive, 2}, {ill, 3}}}, once{{{alive, 0}, {ill, 1}}};
  const Table table = table_named(results_of(m, {{twice, once, {}, {}}}), "flows");
  const auto from = column<std::string>(table, "from"), to = column<std::string>(table, "to");
  ASSERT_EQ(from.size(), 2U);
  EXPECT_EQ(from[0] + ">" + to[0] + ", " + from[1] + ">" + to[1], "alive>ill, ill>alive");
  EXPECT_EQ(column<std::int64_t>(table, "patients")[0], 2);
  EXPECT_EQ(column<std::int64_t>(table, "count")[0], 3);
  EXPECT_EQ(column<double>(table, "mean")[0], 0.75);
  double squares = 0;
  for (const double n : {2.0, 1.0, 0.0, 0.0}) squares += (n - 0.75) * (n - 0.75);
  EXPECT_NEAR(column<double>(table, "se")[0], std::sqrt(squares / 3 / 4), 1e-15);
}

TEST(Tables, AreTheSameForAnySplitIntoBlocks) {
  auto m = small_model(4, 3);
  m.outcomes = {overall_survival({1.5})};
  m.outcomes[0].until = 4;
  const Plan plan = plan_of(m);
  Accumulator whole(plan), left(plan), right(plan);
  whole.update(block_of(three_strategies(), 4));
  left.update(block_of(three_strategies(), 4, 3, 1));
  right.update(block_of(three_strategies(), 4, 0, 3));
  Sums both = left.sums();
  both.combine(right.sums());
  EXPECT_EQ(json(finish(plan, whole.sums())), json(finish(plan, both)));
}

TEST(Tables, AreTheSameWhenSumsAreStoredAndAddedUp) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1.5})};
  m.outcomes[0].until = 4;
  const Course twice{{{alive, 0}, {ill, 1}, {alive, 2}, {ill, 3}}}, once{{{alive, 0}, {ill, 1}, {dead, 3}}};
  const std::vector<std::vector<Course>> lives{{twice, once, {}, twice, {}}};
  const Plan plan = plan_of(m);
  Accumulator whole(plan), left(plan), right(plan);
  whole.update(block_of(lives, 4));
  left.update(block_of(lives, 4, 0, 2));
  right.update(block_of(lives, 4, 2, 3));
  Sums sum(plan), first = left.sums(), second = right.sums();
  sum.add_stored(first.stored());
  sum.add_stored(second.stored());
  const Results expected = finish(plan, whole.sums()), found = finish(plan, sum);
  EXPECT_EQ(json(expected), json(found));
  ASSERT_EQ(expected.tables.size(), found.tables.size());
  for (std::size_t i = 0; i < expected.tables.size(); ++i) {
    for (std::size_t c = 0; c < expected.tables[i].columns.size(); ++c) {
      const Column &a = expected.tables[i].columns[c], &b = found.tables[i].columns[c];
      const bool equal = std::visit(
          [&](const auto& values) {
            using Values = std::decay_t<decltype(values)>;
            const auto& others = std::get<Values>(b.values);
            return std::equal(values.begin(), values.end(), others.begin(), others.end(),
                              [](const auto& x, const auto& y) { return x == y || (x != x && y != y); });
          },
          a.values);
      EXPECT_TRUE(equal) << expected.tables[i].name << " " << a.name;
    }
  }
  std::string cut = first.stored();
  cut.pop_back();
  EXPECT_THROW(sum.add_stored(cut), MalformedBytes);
}

}  // namespace
}  // namespace sojourn::outcomes::testing
