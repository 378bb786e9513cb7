// Whole trials against closed forms: deaths at 0.5 a year under `control`, other rates under `treat`. Every statistical
// bound is 4.5 standard errors of the simulation (a false alarm in 150,000) and, where the closed form is itself an
// approximation, a stated allowance for that. Seeds are fixed.
#include <gtest/gtest.h>

#include <cmath>

#include "base/special.hpp"
#include "trials.hpp"

namespace sojourn::trial::testing {
namespace {

constexpr double bound = 4.5;

// Share of the patients with an event of rate h seen, accrual over a, analysis at a + f, drop-out at rate q.
double share_seen(double h, double q, double a, double f) {
  const double all = h + q;
  return h / all * (1 - (std::exp(-all * f) - std::exp(-all * (a + f))) / (all * a));
}

TEST(OneArm, HasTheEventsAndLossesOfTheClosedForm) {
  const Results r = trials(exponential_model("0.3",
                                             "  a: {endpoint: os, arms: control, patients_per_arm: 100, accrual: 3 "
                                             "years, follow_up: 1 year, dropout: 0.1 per year, at: 1 year, "
                                             "replicates: 400}\n"),
                           40000);
  const double seen = share_seen(0.5, 0.1, 3, 1), lost = share_seen(0.1, 0.5, 3, 1);
  EXPECT_EQ(row_of(r, "events", 1).replicates, 400);
  EXPECT_NEAR(row_of(r, "events", 1).estimate, 100 * seen, bound * std::sqrt(100 * seen * (1 - seen) / 400));
  EXPECT_NEAR(row_of(r, "lost", 1).estimate, 100 * lost, bound * std::sqrt(100 * lost * (1 - lost) / 400));
}

// Kaplan-Meier at a year: unbiased, spread as Greenwood's error says, the interval covers at its level (log-log
// intervals of 100 patients: 95% to within 1%).
TEST(OneArm, EstimatesSurvivalWithItsError) {
  const int n = 1000;
  const Results r = trials(exponential_model("0.3",
                                             "  a: {endpoint: os, arms: control, patients_per_arm: 100, accrual: 2 "
                                             "years, follow_up: 0.5 years, at: 1 year, restricted_mean: 1 year, "
                                             "replicates: 1000}\n"),
                           100000);
  const Row& row = row_of(r, "survival", 1);
  const double truth = std::exp(-0.5);
  EXPECT_EQ(row.replicates, n);
  EXPECT_NEAR(row.estimate, truth, bound * row.sd / std::sqrt(n));
  EXPECT_NEAR(row.truth, truth, bound * std::sqrt(truth * (1 - truth) / 100000));
  EXPECT_NEAR(row.sd / row.mean_se, 1, bound / std::sqrt(2.0 * n) + 0.01);
  EXPECT_NEAR(row.coverage, 0.95, bound * std::sqrt(0.95 * 0.05 / n) + 0.01);
  EXPECT_LT(row.low, row.median);
  EXPECT_NEAR((row.high - row.low) / (2 * 1.96 * row.sd), 1, 0.15);  // nearly normal
  const Row& mean = row_of(r, "restricted_mean", 1);
  EXPECT_NEAR(mean.estimate, (1 - truth) / 0.5, bound * mean.sd / std::sqrt(n));
  EXPECT_NEAR(mean.sd / mean.mean_se, 1, bound / std::sqrt(2.0 * n) + 0.01);
}

// The same strategy in both arms, of different patients: each test rejects at its level. The log-rank test of 2 x 50 is
// known to be at most half a per cent off.
TEST(TwoArms, AlikeAreRejectedAtTheLevel) {
  const std::string form =
      "endpoint: os, arms: [control, control], patients_per_arm: 50, accrual: 2 years, follow_up: 1 year, dropout: "
      "0.05 per "
      "year, restricted_mean: 1 year, replicates: 3000";
  const Results r = trials(exponential_model("0.3", "  a: {" + form + "}\n  b: {" + form + ", test: rmst}\n  c: {" +
                                                        form + ", sided: 1, test: peto}\n"),
                           300000);
  for (std::size_t t = 0; t < 3; ++t) {
    const Row& row = row_of(r, "type_1_error", 0, t);
    EXPECT_EQ(row.replicates, 3000);
    EXPECT_NEAR(row.estimate, 0.05, bound * std::sqrt(0.05 * 0.95 / 3000) + 0.005) << t;
    const Row& z = row_of(r, "test_statistic", 0, t);
    EXPECT_NEAR(z.estimate, 0, bound / std::sqrt(3000.0));
    EXPECT_NEAR(z.sd, 1, bound / std::sqrt(6000.0) + 0.02);
  }
}

// Schoenfeld (Biometrika 68, 1981): the log-rank z is about normal with mean sqrt(d p (1 - p)) |log ratio|, d the
// expected events. Allowance of 1.5% for the approximation.
TEST(TwoArms, HaveThePowerOfSchoenfeld) {
  const double ratio = 0.6, n = 120;
  const Results r = trials(
      exponential_model("0.3",
                        "  a: {endpoint: os, arms: [control, treat], patients: 240, allocation: [1, 1], accrual: 2 "
                        "years, follow_up: 1 year, replicates: 2000}\n"
                        "  b: {endpoint: os, arms: [control, treat], patients: 240, allocation: [1, 2], accrual: 2 "
                        "years, follow_up: 1 year, replicates: 1000}\n"),
      480000);
  const double control = share_seen(0.5, 0, 2, 1), treated = share_seen(0.3, 0, 2, 1);
  const double even = std::sqrt(n * (control + treated) / 4) * -std::log(ratio);
  const double uneven = std::sqrt((80 * control + 160 * treated) * 2 / 9) * -std::log(ratio);
  const auto power = [](double mean) { return normal_cdf(mean - 1.959963984540054); };
  EXPECT_NEAR(row_of(r, "power").estimate, power(even), bound * row_of(r, "power").se + 0.015);
  EXPECT_NEAR(row_of(r, "power", 0, 1).estimate, power(uneven), bound * row_of(r, "power", 0, 1).se + 0.015);
  EXPECT_NEAR(row_of(r, "test_statistic").estimate, even, bound / std::sqrt(2000.0) + 0.05);
  EXPECT_NEAR(row_of(r, "log_hazard_ratio").estimate, std::log(ratio), bound * row_of(r, "log_hazard_ratio").se + 0.01);
}

// The size for 90% by Schoenfeld: 4 (1.96 + 1.28)^2 / log(ratio)^2 events. Allowance of 4% for the approximation.
TEST(TwoArms, FindTheSizeForAPower) {
  const Results r = trials(exponential_model("0.3",
                                             "  a: {endpoint: os, arms: [control, treat], patients_per_arm: 80, "
                                             "accrual: 2 years, follow_up: 1 year, power: 0.9, replicates: 1500}\n"),
                           700000);
  const double share = (share_seen(0.5, 0, 2, 1) + share_seen(0.3, 0, 2, 1)) / 2, effect = std::log(0.6);
  const double wanted = 4 * 3.2415 * 3.2415 / (effect * effect) / share;
  const Row& size = row_of(r, "sample_size");
  EXPECT_LT(size.lower, wanted * 1.04);
  EXPECT_GT(size.upper, wanted * 0.96);
  EXPECT_NEAR(size.estimate, wanted, 0.12 * wanted);
  const Row& reached = row_of(r, "power_at_size");
  EXPECT_EQ(reached.patients, static_cast<std::int64_t>(size.estimate));
  EXPECT_LE(reached.lower, 0.9);
  EXPECT_GE(reached.upper, 0.9);
  EXPECT_LT(size.upper - size.lower, 0.2 * size.estimate);
}

TEST(TwoArms, SayWhereNoSizeIsFound) {
  const Results r = trials(exponential_model("0.8",
                                             "  a: {endpoint: os, arms: [control, treat], patients_per_arm: 50, "
                                             "follow_up: 1 year, power: 0.9, sided: 1, replicates: 60}\n"
                                             "  b: {endpoint: os, arms: [control, treat], patients_per_arm: 20, "
                                             "follow_up: 1 year, power: 0.999, replicates: 60}\n"),
                           6000);
  EXPECT_EQ(row_of(r, "sample_size", 0, 0).patients, 0);  // the second arm is worse
  EXPECT_NE(row_of(r, "sample_size", 0, 0).note.find("no size was found"), std::string::npos);
  EXPECT_GT(row_of(r, "sample_size", 0, 1).patients, 40);
  EXPECT_NE(row_of(r, "sample_size", 0, 1).note.find("not simulated at this size"), std::string::npos);
}

TEST(Trials, OfEventsEndWithThem) {
  const Results r = trials(exponential_model("0.3",
                                             "  a: {endpoint: os, arms: [control, treat], patients_per_arm: 60, "
                                             "accrual: 2 years, events: 50, replicates: 100}\n"),
                           12000);
  EXPECT_NEAR(row_of(r, "events", 1).estimate + row_of(r, "events", 2).estimate, 50, 1e-9);
  EXPECT_LT(row_of(r, "enrolled", 1).estimate, 60.0001);
  EXPECT_GT(row_of(r, "analysis").estimate, 1);
  EXPECT_EQ(row_of(r, "power").replicates, 100);
}

// Where the strata have other hazards, the stratified test of two alike arms keeps its level.
TEST(Trials, AreStratified) {
  const std::string yaml =
      "sojourn: 1\ntitle: t\nhorizon: 10 years\ncohort: {attributes: {frail: {probability: 0.5}}}\n"
      "states: {alive: {initial: true}, dead: {absorbing: true}}\n"
      "transitions: [{from: alive, to: dead, time: {exponential: {rate: 0.2 per year}}, hazard_ratio: \"frail ? 8 : "
      "1\"}]\n"
      "outcomes: {os: {time_to: dead, at: 1 year}}\ntrials:\n"
      "  a: {endpoint: os, arms: [base, base], patients_per_arm: 50, follow_up: 2 years, strata: frail, replicates: "
      "1000}\n";
  const Results r = trials(yaml, 100000);
  EXPECT_NEAR(row_of(r, "type_1_error").estimate, 0.05, bound * std::sqrt(0.05 * 0.95 / 1000) + 0.005);
  EXPECT_NEAR(row_of(r, "test_statistic").sd, 1, bound / std::sqrt(2000.0) + 0.02);
}

TEST(Trials, AreTheSameForAnyNumberOfThreads) {
  const std::string yaml = exponential_model(
      "0.3",
      "  a: {endpoint: os, arms: [control, treat], patients_per_arm: 40, accrual: 2 years, follow_up: 1 year, dropout: "
      "{weibull: {shape: 1.5, scale: 8 years}}, at: [6 months, 1 year], power: 0.8, replicates: 100}\n");
  const Table one = table(trials(yaml, 20000, 1));
  for (const int threads : {2, 7}) {
    const Table other = table(trials(yaml, 20000, threads));
    ASSERT_EQ(one.columns.size(), other.columns.size());
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      if (const auto* numbers = std::get_if<std::vector<double>>(&one.columns[c].values)) {
        const auto& others = std::get<std::vector<double>>(other.columns[c].values);
        ASSERT_EQ(numbers->size(), others.size());
        for (std::size_t r = 0; r < others.size(); ++r) {
          EXPECT_TRUE((*numbers)[r] == others[r] || (std::isnan((*numbers)[r]) && std::isnan(others[r])))
              << one.columns[c].name;
        }
      } else {
        EXPECT_EQ(one.columns[c].values, other.columns[c].values) << one.columns[c].name;
      }
    }
  }
}

TEST(Trials, UseAsManyWholeReplicatesAsThereAre) {
  const std::string yaml = exponential_model(
      "0.3", "  a: {endpoint: os, arms: [control, treat], patients_per_arm: 100, follow_up: 1 year, replicates: 50}\n");
  const Results few = trials(yaml, 1999);
  EXPECT_EQ(few.trials[0].replicates, 9);
  EXPECT_EQ(few.trials[0].patients_asked, 10000);
  EXPECT_NE(terminal_table(few, 100).find("9 of 50 replicates"), std::string::npos);
  const Results none = trials(yaml, 100);
  EXPECT_EQ(none.trials[0].replicates, 0);
  ASSERT_EQ(none.rows.size(), 1U);
  EXPECT_EQ(none.rows[0].estimate, 0);
  EXPECT_EQ(none.rows[0].note, "of 50 asked for: the run has no patients for more");
  const Results one_strategy = simulated(yaml, 1000, 1, {"treat"}).trials;
  EXPECT_TRUE(one_strategy.trials.empty());
  ASSERT_EQ(one_strategy.left_out.size(), 1U);
  EXPECT_NE(terminal_table(one_strategy, 100).find("strategy control was not simulated"), std::string::npos);
}

}  // namespace
}  // namespace sojourn::trial::testing
