// The outcomes cost, qalys and life_years: means and paired differences of what lives are worth.
#include <gtest/gtest.h>

#include <stdexcept>

#include "outcomes/accumulator.hpp"
#include "outcomes/results.hpp"
#include "worth_lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

const std::string declared =
    "currency: GBP\n"
    "costs:\n"
    "  care: {rate: '100 per year', category: nursing}\n"
    "  drug: {on_entry: ill, amount: 30}\n"
    "utilities: {base: {value: 0.5}}\n"
    "discounting: {costs: 0, effects: 0.5, method: yearly}\n"
    "strategies: {usual: {}, other: {}}\n"
    "outcomes:\n"
    "  all_costs: {cost: all}\n"
    "  care: {cost: nursing, discounted: false, until: 3 years}\n"
    "  from_ill: {cost: [drug], discounted: false, from: ill}\n"
    "  quality: {qalys: all}\n"
    "  lived: {life_years: well, discounted: false}\n";

// Two patients under two strategies, each with one year more under the second.
Results results() {
  const auto model = loaded(worth_model("10 years", declared));
  const std::vector<LifeRows> usual = {{{{well, 0}, {dead_state, 2, dies}}},
                                       {{{well, 0}, {ill, 1, falls_ill}, {dead_state, 4, dies}}}};
  const std::vector<LifeRows> other = {{{{well, 0}, {dead_state, 3, dies}}},
                                       {{{well, 0}, {ill, 1, falls_ill}, {dead_state, 5, dies}}}};
  Diagnostics problems;
  const Plan plan(model, {StrategyId{0}, StrategyId{1}}, StrategyId{0},
                  model::parameter_values(model, nullptr, problems));
  Accumulator sums(plan);
  sums.update(block_of_lives({usual, other}, model.horizon));
  sums.update(block_of_lives({usual, other}, model.horizon));  // other lives of the same numbers: nothing is remembered
  return finish(plan, sums.sums());
}

Row row(const Results& found, const std::string& name, const std::string& measure, std::size_t strategy) {
  for (const Row& one : found.rows) {
    if (one.name == name && one.measure == measure && one.strategy == strategy) return one;
  }
  throw std::runtime_error("no row " + name + " " + measure);
}

TEST(WorthKinds, means_and_differences) {
  const Results found = results();
  EXPECT_DOUBLE_EQ(row(found, "all_costs", "cost", 0).estimate, 315);  // 200, 400 + 30
  EXPECT_DOUBLE_EQ(row(found, "all_costs", "discounted_cost", 0).estimate, 315);
  EXPECT_DOUBLE_EQ(row(found, "all_costs", "cost", 1).difference, 100);
  EXPECT_EQ(row(found, "all_costs", "cost", 1).difference_note, "the same difference in every patient");
  EXPECT_DOUBLE_EQ(row(found, "quality", "qalys", 0).estimate, 1.5);
  EXPECT_NEAR(row(found, "quality", "discounted_qalys", 0).estimate, 0.5 * (2 + 2 / 1.5 + 1 / 2.25 + 1 / 3.375) / 2,
              1e-11);
  EXPECT_DOUBLE_EQ(row(found, "lived", "life_years", 1).estimate, 2);
}

TEST(WorthKinds, windows_and_origins) {
  const Results found = results();
  EXPECT_DOUBLE_EQ(row(found, "care", "cost", 0).estimate, 250);
  EXPECT_EQ(row(found, "from_ill", "cost", 0).n, 2);
  EXPECT_DOUBLE_EQ(row(found, "from_ill", "cost", 0).estimate, 30);
  EXPECT_EQ(row(found, "from_ill", "cost", 0).note, "the same in every patient");
}

TEST(WorthKinds, units) {
  const std::string text = csv(results());
  for (const char* part : {",discounted_cost,mean,GBP,", ",discounted_qalys,mean,QALYs,", ",life_years,mean,years,"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const std::string table = terminal_table(results(), 120);
  EXPECT_NE(table.find("[GBP]"), std::string::npos) << table;
  EXPECT_NE(table.find("[QALYs]"), std::string::npos) << table;
}

}  // namespace
}  // namespace sojourn::outcomes::testing
