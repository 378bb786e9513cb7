// What makes a scenario, and how its parameters come about.
#include <gmock/gmock.h>

#include <algorithm>

#include "model/parameter_solver.hpp"
#include "model/uncertainty.hpp"
#include "pieces.hpp"
#include "sweep/check.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {
namespace {

using testing::HasSubstr;

std::vector<ScenarioKey> sorted(std::vector<ScenarioKey> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(ScenarioIds, DoNotDependOnNamesAndOrderOfAxes) {
  const auto one = scenarios_of(
      "axes: {h: {parameter: hr, values: [0.2, 0.4]}, w: {parameter: wait, values: [1 month, 2 months]}}\n");
  const auto other = scenarios_of(
      "axes: {delay: {parameter: wait, unit: months, values: [2, 1]}, ratio: {parameter: hr, values: [0.40, 0.2]}}\n");
  EXPECT_EQ(sorted(one.ids()), sorted(other.ids()));
  EXPECT_NE(one.ids(), other.ids());
}

TEST(ScenarioIds, LeaveOutWhatStaysAsTheModelHasIt) {
  const auto before = scenarios_of("axes: {h: {parameter: hr, values: [0.2, 0.4]}}\n");
  const auto after = scenarios_of(
      "axes: {w: {parameter: wait, values: [6 months, 0.25 years]}, h: {parameter: hr, values: [0.2, 0.4]}}\n");
  EXPECT_EQ(after.id(2), before.id(0));
  EXPECT_EQ(after.id(3), before.id(1));
  const auto set = scenarios_of("set: {wait: 6 months}\naxes: {h: {parameter: hr, values: [0.2, 0.4]}}\n");
  EXPECT_EQ(set.id(0), after.id(0));
}

TEST(ScenarioIds, TellPathsAndValuesApart) {
  const auto made =
      scenarios_of("axes: {rule: {path: branches.treat.when, values: [high_risk, not high_risk, age > 50 years]}}\n");
  const std::vector<ScenarioKey> ids = sorted(made.ids());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
  EXPECT_EQ(id_of(id_text(ids[0])), ids[0]);
  EXPECT_FALSE(id_of("0123"));
  EXPECT_FALSE(id_of("0123456789abcdeg"));
}

TEST(ScenarioIds, TheSameScenarioTwiceIsRefused) {
  EXPECT_THAT(problems_of("axes: {w: {parameter: wait, values: [3 months, 0.25 years]}}\n"),
              HasSubstr("scenarios 1 and 2 are the same (w 3 months; w 0.25 years)"));
}

// The values a run with --set has, to the last bit: also of derived parameters, and under a strategy that sets one.
TEST(ScenarioValues, AreThoseOfTheModelWithTheParametersSet) {
  const auto made = scenarios_of(
      "axes: {h: {parameter: hr, values: [0.3]}, r: {multiply: rate, values: [3]}, w: {parameter: wait, values: [37 "
      "days]}}\n");
  Diagnostics problems;
  const auto variant = Variant::load(made, small_sources(), {}, problems);
  ASSERT_TRUE(variant) << problems.text();
  const ParameterSets sets = variant->check(made.values(0), problems);
  EXPECT_TRUE(problems.ok()) << problems.text();
  const auto set =
      model::load(small_sources(), {{"hr", "0.3"}, {"rate", "3 * (0.1 per year)"}, {"wait", "37 days"}}, problems);
  ASSERT_TRUE(set) << problems.text();
  EXPECT_EQ(sets.model, model::parameter_values(*set, nullptr, problems));
  ASSERT_EQ(sets.by_strategy.size(), 3U);
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_EQ(sets.by_strategy[s], model::parameter_values(*set, &set->strategies[s], problems));
  }
}

TEST(ScenarioChecks, AllProblemsAtOnceEachOnce) {
  Diagnostics problems;
  const auto made = scenarios_of(
      "axes:\n  r: {multiply: rate, values: [1, 10, 30, 40]}\n"
      "  rule: {path: branches.treat.when, cases: {good: high_risk, bad: hihg_risk}}\n",
      problems);
  ASSERT_TRUE(made) << problems.text();
  (void)check_scenarios(*made, small_sources(), problems);
  const std::string text = problems.text();
  EXPECT_THAT(text, HasSubstr("sweep.yaml:5:67: branches.treat.when: `hihg_risk` is not known here"));
  EXPECT_THAT(text, HasSubstr("in 4 scenarios, the first: r 1, rule bad"));
  EXPECT_THAT(text, HasSubstr("the value 3 per year is above the range, whose highest is 2 per year"));
  EXPECT_THAT(text, HasSubstr("the value 4 per year is above the range"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
}

// Rules of the model that need no new reading: here, that a time is not negative.
TEST(ScenarioChecks, RulesOfTheModelHoldForGivenParameters) {
  Diagnostics problems;
  const auto made = scenarios_of("axes: {w: {parameter: wait, values: [1 day, -1 day]}}\n", problems);
  ASSERT_TRUE(made) << problems.text();
  (void)check_scenarios(*made, small_sources(), problems);
  EXPECT_THAT(problems.text(), HasSubstr("small.yaml:14:31: branches.treat.at"));
  EXPECT_THAT(problems.text(), HasSubstr("in 1 scenario: w -1 day"));
}

TEST(Paths, ReplaceOrAddAValue) {
  for (const std::string path :
       {"transitions.death.hazard_ratio", "transitions[0].hazard_ratio", "transitions.death.time.exponential.rate"}) {
    Diagnostics problems;
    const auto made = scenarios_of("axes: {x: {path: \"" + path + "\", values: [\"" +
                                       (path.ends_with("rate") ? "0.2 per year" : "treated ? 0.1 : 1") + "\"]}}\n",
                                   problems);
    ASSERT_TRUE(made) << problems.text();
    const auto variant = Variant::load(*made, small_sources(), made->places(0), problems);
    EXPECT_TRUE(variant) << problems.text();
  }
}

}  // namespace
}  // namespace sojourn::sweep
