// Which patients a trial is made of, and when they come and go.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/run.hpp"
#include "trial/presence.hpp"
#include "trials.hpp"

namespace sojourn::trial::testing {
namespace {

const std::string shared =
    "  a: {endpoint: os, arms: [control, treat], patients: 30, allocation: [1, 2], follow_up: 1 year, replicates: 4}\n";

// The patients of both arms after blocks in an order.
std::vector<std::vector<Followed>> gathered(bool backward) {
  const analysis::Experiment experiment = analysis::prepare(model_of(exponential_model("0.3", shared)), {{}, 4000, -1});
  const Plan plan(experiment.model, experiment.strategies, experiment.parameters);
  std::vector<history::Block> blocks;
  engine::run(experiment.programs, {1, 4000, 1, nullptr}, [&](const history::Block& block) -> std::function<void()> {
    blocks.push_back(block);
    return [] {};
  });
  if (backward) std::reverse(blocks.begin(), blocks.end());
  Collector collector(plan);
  for (const history::Block& block : blocks) collector.update(block);
  EXPECT_EQ(collector.seen(), 4000);
  return {collector.patients(0, 0), collector.patients(0, 1)};
}

TEST(Patients, AreDealtToTheArmsInACircle) {
  const auto arms = gathered(false);
  ASSERT_EQ(arms[0].size(), 40U);
  ASSERT_EQ(arms[1].size(), 80U);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(arms[0][i].patient, static_cast<std::int64_t>(3 * i + 1));
  for (std::size_t i = 0; i < 80; ++i) EXPECT_EQ(arms[1][i].patient, static_cast<std::int64_t>(i / 2 * 3 + 2 + i % 2));
}

TEST(Patients, AreTheSameForAnyOrderOfBlocks) {
  const auto forward = gathered(false), backward = gathered(true);
  for (std::size_t a = 0; a < 2; ++a) {
    ASSERT_EQ(forward[a].size(), backward[a].size());
    for (std::size_t i = 0; i < forward[a].size(); ++i) {
      EXPECT_EQ(forward[a][i].patient, backward[a][i].patient);
      EXPECT_EQ(forward[a][i].time, backward[a][i].time);
    }
  }
}

// Those without an origin, or outside the population, do not enter; the next do.
TEST(Patients, EnterAtTheOriginIfInThePopulation) {
  const std::string yaml =
      "sojourn: 1\ntitle: t\nhorizon: 10 years\n"
      "cohort: {attributes: {old: {probability: 0.5}}}\n"
      "states: {waiting: {initial: true}, treated: {}, dead: {absorbing: true}}\n"
      "transitions:\n"
      "  - {from: waiting, to: treated, time: {exponential: {rate: 1 per year}}}\n"
      "  - {from: [waiting, treated], to: dead, time: {exponential: {rate: 1 per year}}}\n"
      "  - {name: at_28_days, from: treated, to: dead, time: {fixed: 28 days}}\n"
      "outcomes: {os: {time_to: dead, from: treated, population: old, at: 1 year}}\n"
      "trials:\n  a: {endpoint: os, arms: base, patients_per_arm: 50, follow_up: 1 year, at: 28 days, replicates: 2}\n";
  const analysis::Experiment experiment = analysis::prepare(model_of(yaml), {{}, 1000, -1});
  const Plan plan(experiment.model, experiment.strategies, experiment.parameters);
  Collector collector(plan);
  engine::run(experiment.programs, {1, 1000, 1, nullptr}, [&](const history::Block& block) -> std::function<void()> {
    collector.update(block);
    return [] {};
  });
  const std::vector<Followed> entered = collector.patients(0, 0);
  ASSERT_EQ(entered.size(), 100U);  // of about 400 seen: a half reach `treated`, a half of these are old
  EXPECT_GT(entered.back().patient, 250);
  EXPECT_LT(entered.back().patient, 600);
  std::set<double> late;
  for (const Followed& one : entered) {
    EXPECT_TRUE(one.event);
    if (one.time > 0.076) late.insert(one.time);
  }
  EXPECT_EQ(late.size(), 1U);  // 28 days after the origin is one time, whenever the origin was
  EXPECT_EQ(*late.begin(), to_grid(28 / 365.25));
}

Item item_with(const model::Accrual& accrual, std::optional<double> dropout_rate) {
  Item item;
  item.trial.accrual = accrual;
  item.draw_hash = 12345;
  if (dropout_rate) {
    const double rate[] = {*dropout_rate};
    item.dropout =
        std::get<distributions::Law>(distributions::lower(distributions::find_family("exponential").value(), 0, rate));
  }
  return item;
}

// The share of the piecewise accrual is (1 0.5, 3 1.5)/5: 0.1 before half a year. 40,000 patients; bounds of 4.5
// standard errors, a false alarm in 150,000 each.
TEST(Presence, FollowsTheAccrualAndTheDropOut) {
  const Item item = item_with({{0.5, 2}, {1, 3}}, 0.2);
  const int n = 40000;
  int early = 0, lost = 0;
  double late = 0, product = 0;
  for (int i = 1; i <= n; ++i) {
    const Presence one = presence(item, 7, i);
    ASSERT_GE(one.entry, 0);
    ASSERT_LE(one.entry, 2);
    early += one.entry < 0.5 ? 1 : 0;
    late += one.entry >= 0.5 ? one.entry : 0;
    lost += one.dropout < 1 ? 1 : 0;
    product += (one.entry < 0.5) == (one.dropout < 1) ? 1 : 0;
  }
  const auto near = [n](double count, double p) { EXPECT_NEAR(count / n, p, 4.5 * std::sqrt(p * (1 - p) / n)); };
  near(early, 0.1);
  const double q = 1 - std::exp(-0.2);
  near(lost, q);
  near(product, 0.1 * q + 0.9 * (1 - q));  // independent of each other
  EXPECT_NEAR(late / (n - early), 1.25, 4.5 * 1.5 / std::sqrt(12.0 * 0.9 * n));
}

TEST(Presence, IsThePatientsOwnAndTheTrials) {
  const Item item = item_with({{3}, {1}}, 0.1);
  Item other = item;
  other.draw_hash = 12346;
  const Presence one = presence(item, 7, 100);
  EXPECT_EQ(one.entry, presence(item, 7, 100).entry);
  EXPECT_NE(one.entry, presence(item, 7, 101).entry);
  EXPECT_NE(one.entry, presence(item, 8, 100).entry);
  EXPECT_NE(one.entry, presence(other, 7, 100).entry);
  EXPECT_EQ(presence(item_with({}, std::nullopt), 7, 100).entry, 0);
  EXPECT_EQ(presence(item_with({}, std::nullopt), 7, 100).dropout, outcomes::never);
}

}  // namespace
}  // namespace sojourn::trial::testing
