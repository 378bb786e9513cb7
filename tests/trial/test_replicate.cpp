// One trial, by hand: who is in it, what is seen of them, when it is analysed.
#include <gtest/gtest.h>

#include <cmath>

#include "trial/measure.hpp"
#include "trial/sample.hpp"
#include "trials.hpp"

namespace sojourn::trial::testing {
namespace {

constexpr double never = outcomes::never;

model::Trial two_years(double follow_up) {
  model::Trial trial;
  trial.arms = {{}, {}};
  trial.accrual = {{2}, {1}};
  trial.follow_up = follow_up;
  return trial;
}

// time, entry, dropout, stratum, event
const std::vector<Candidate> control = {{0.5, 0, never, 0, true}, {3.5, 0, never, 0, true}, {2, 1.5, 1, 1, true}};
const std::vector<Candidate> treated = {{9, 0.5, never, 0, false}, {2, 1, never, 0, true}, {1, 2, 1, 1, true}};
const Arms both = {control, treated};

TEST(Replicate, EndsFollowUpAtTheAnalysisAndAtDropOut) {
  const Replicate made = trial_of(two_years(1), both, 0);
  EXPECT_EQ(made.analysis, 3);
  ASSERT_EQ(made.rows.size(), 6U);
  const double times[] = {0.5, 3, 1, 2.5, 2, 1};
  const int causes[] = {1, 0, 0, 0, 1, 1};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(made.rows[i].time, times[i]) << i;
    EXPECT_EQ(made.rows[i].cause, causes[i]) << i;
    EXPECT_EQ(made.rows[i].group, i < 3 ? 0 : 1);
  }
  EXPECT_EQ(made.events, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(made.lost, (std::vector<std::int64_t>{1, 0}));  // an event at the time of the drop-out is seen
  EXPECT_EQ(made.rows[2].stratum, 1);
}

// Events in the trial's time: 0.5, 3.5 and (lost at 2.5) none; 3 and 3.
TEST(Replicate, IsAnalysedWithTheLastEventWanted) {
  model::Trial trial = two_years(5);
  const Replicate second = trial_of(trial, both, 2);
  EXPECT_EQ(second.analysis, 3);
  EXPECT_EQ(second.events, (std::vector<std::int64_t>{1, 2}));  // two at one time
  const Replicate first = trial_of(trial, both, 1);
  EXPECT_EQ(first.analysis, 0.5);
  EXPECT_EQ(first.enrolled, (std::vector<std::int64_t>{2, 1}));  // others had not come yet
  EXPECT_EQ(first.events, (std::vector<std::int64_t>{1, 0}));
  EXPECT_EQ(trial_of(trial, both, 5).analysis, 7);  // never so many: at the end
  trial.follow_up.reset();
  EXPECT_EQ(trial_of(trial, both, 5).analysis, 9.5);  // of the last who is seen
}

TEST(Replicate, FollowsEachForATime) {
  model::Trial trial = two_years(1);
  trial.follow_each = 1;
  const Replicate made = trial_of(trial, both, 0);
  EXPECT_EQ(made.rows[1].time, 1);
  EXPECT_EQ(made.rows[4].cause, 0);
  EXPECT_EQ(made.rows[5].cause, 1);  // with its last day
}

TEST(Sample, IsCutInOrder) {
  std::vector<Candidate> few(7);
  for (std::size_t i = 0; i < few.size(); ++i) few[i].time = static_cast<double>(i);
  const Sample sample({few, few});
  EXPECT_EQ(sample.replicates({2, 3}), 2);
  const Arms second = sample.replicate({2, 3}, 1);
  EXPECT_EQ(second[0][0].time, 2);
  EXPECT_EQ(second[1][2].time, 5);
  EXPECT_EQ(second[0].size(), 2U);
  EXPECT_EQ(sample.first({2, 3}, 2)[1].size(), 6U);
}

TEST(Measures, AreThoseOfTheData) {
  model::Trial trial = two_years(1);
  trial.at = {1, 2.75};
  trial.restricted_mean = 2;
  const std::vector<Measure> measures = measures_of(trial);
  const std::vector<Value> values = analyse(trial, measures, trial_of(trial, both, 0));
  const auto of = [&](Measure::Kind kind, int arm, double time) {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (measures[m].kind == kind && measures[m].arm == arm && measures[m].time == time) return values[m];
    }
    throw std::runtime_error("no such measure");
  };
  using Kind = Measure::Kind;
  EXPECT_NEAR(of(Kind::survival, 0, 1).estimate, 2.0 / 3, 1e-15);
  EXPECT_NEAR(of(Kind::survival_difference, -1, 1).estimate, 0, 1e-15);
  EXPECT_TRUE(std::isnan(of(Kind::survival, 1, 2.75).estimate));  // nobody is left, the curve is at 1/3
  EXPECT_NEAR(of(Kind::restricted_mean, 1, 2).estimate, 1 + 2.0 / 3, 1e-15);
  EXPECT_NEAR(of(Kind::events, 1, 0).estimate, 2, 0);
  EXPECT_NEAR(of(Kind::test_statistic, -1, 0).estimate, test_statistic(trial, trial_of(trial, both, 0)), 0);
}

TEST(Measures, RejectOnOneSideOrTwo) {
  model::Trial trial;
  EXPECT_NEAR(critical_value(trial), 1.959963984540054, 1e-15);
  EXPECT_TRUE(rejects(trial, -2));
  trial.sides = 1;
  EXPECT_NEAR(critical_value(trial), 1.6448536269514722, 1e-15);
  EXPECT_FALSE(rejects(trial, -2));
  EXPECT_TRUE(rejects(trial, 1.7));
  EXPECT_FALSE(rejects(trial, missing));
}

}  // namespace
}  // namespace sojourn::trial::testing
