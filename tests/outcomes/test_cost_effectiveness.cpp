// Outcomes of the kind cost_effectiveness: what stands in the tables, the intervals' coverage, and when a status is
// called resolved.
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

#include "base/error.hpp"
#include "outcomes/accumulator.hpp"
#include "outcomes/results.hpp"
#include "worth_lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

// Care costs 100 a year, a fever 20; a drug by strategy; each year is worth half.
std::string declared(const std::string& strategies, const std::string& outcome) {
  return "parameters: {drug: {value: 0 per year}}\n"
         "currency: GBP\n"
         "costs: {care: {rate: 100 per year}, treatment: {rate: drug}, fever: {on_event: fever, amount: 20}}\n"
         "utilities: {base: {value: 0.5}}\n"
         "strategies: " +
         strategies + "\noutcomes: {money: " + outcome + "}\n";
}

const std::string all_of_it = "{cost_effectiveness: {cost: all, qalys: all}, thresholds: [300, 1000]}";

Results results_of(const model::Model& model, const std::vector<std::vector<LifeRows>>& lives) {
  std::vector<StrategyId> strategies;
  for (std::size_t s = 0; s < lives.size(); ++s) strategies.emplace_back(static_cast<std::int32_t>(s));
  Diagnostics problems;
  const Plan plan(model, strategies, strategies.front(), model::parameter_values(model, nullptr, problems));
  Accumulator sums(plan);
  sums.update(block_of_lives(lives, model.horizon));
  return finish(plan, sums.sums());
}

LifeRows until(double death, std::vector<double> fevers = {}) {
  return {{{well, 0}, {dead_state, death, dies}}, std::move(fevers)};
}

const StrategyWorth& of(const CostEffectiveness& found, std::size_t strategy) {
  for (const StrategyWorth& one : found.strategies) {
    if (one.strategy == strategy) return one;
  }
  throw std::runtime_error("no such strategy");
}

TEST(CostEffectiveness, increments_ratios_and_best_strategies) {
  const auto model = loaded(worth_model(
      "10 years",
      declared("{usual: {}, longer: {parameters: {drug: 100 per year}}, dear: {parameters: {drug: 500 per year}}}",
               all_of_it)));
  const Results found = results_of(model, {{until(2), until(4, {1})}, {until(3), until(6, {1})}, {until(2), until(4)}});
  ASSERT_EQ(found.cost_effectiveness.size(), 1U);
  const CostEffectiveness& one = found.cost_effectiveness.front();
  EXPECT_FALSE(one.discounted);
  // Costs 200 and 420; 600 and 1220; 1200 and 2400. QALYs 1 and 2; 1.5 and 3; 1 and 2.
  const StrategyWorth &usual = of(one, 0), &longer = of(one, 1), &dear = of(one, 2);
  EXPECT_EQ(one.strategies.front().strategy, 0U);
  EXPECT_DOUBLE_EQ(usual.estimate.cost.estimate, 310);
  EXPECT_DOUBLE_EQ(longer.increment.cost, 600);
  EXPECT_DOUBLE_EQ(longer.increment.effect, 0.75);
  EXPECT_DOUBLE_EQ(longer.ratio, 800);
  // Increments of the two patients: 400 and 800, 0.5 and 1: variances 200^2 and 0.25^2, all the same direction.
  EXPECT_DOUBLE_EQ(longer.increment.cost_variance, 40000);
  EXPECT_DOUBLE_EQ(longer.increment.effect_variance, 0.0625);
  EXPECT_DOUBLE_EQ(longer.increment.covariance, 50);
  EXPECT_NEAR(longer.interval.lower, 800, 1e-9);  // in both patients
  EXPECT_EQ(dear.placed.standing, Standing::dominated);
  EXPECT_EQ(dear.placed.by, 1U);
  EXPECT_TRUE(std::isnan(dear.ratio));
  ASSERT_EQ(one.thresholds.size(), 2U);
  EXPECT_DOUBLE_EQ(one.thresholds[0].strategies[0].value, 300 * 1.5 - 310);
  EXPECT_TRUE(one.thresholds[0].strategies[0].best);
  EXPECT_TRUE(one.thresholds[1].strategies[1].best);
  EXPECT_DOUBLE_EQ(one.thresholds[1].strategies[0].behind, 150);
}

TEST(CostEffectiveness, the_rows_are_the_tables_numbers) {
  const auto model =
      loaded(worth_model("10 years", declared("{usual: {}, longer: {parameters: {drug: 100 per year}}}", all_of_it)));
  const Results found = results_of(model, {{until(2), until(4, {1})}, {until(3), until(6, {1})}});
  ASSERT_EQ(found.rows.size(), 8U);  // cost, qalys, two net benefits, under two strategies
  const CostEffectiveness& one = found.cost_effectiveness.front();
  EXPECT_EQ(found.rows[1].measure, "cost");
  EXPECT_EQ(found.rows[1].unit, "GBP");
  EXPECT_DOUBLE_EQ(found.rows[1].difference, of(one, 1).increment.cost);
  EXPECT_EQ(found.rows[3].unit, "QALYs");
  EXPECT_DOUBLE_EQ(found.rows[3].estimate, of(one, 1).estimate.effect.estimate);
  EXPECT_EQ(found.rows[5].measure, "net_benefit");
  EXPECT_EQ(found.rows[5].level, "300");
  EXPECT_EQ(found.rows[5].unit, "GBP");
  EXPECT_DOUBLE_EQ(found.rows[5].difference, 300 * 0.75 - 600);
  EXPECT_DOUBLE_EQ(found.rows[5].difference_se, std::sqrt(300 * 300 * 0.0625 - 2 * 300 * 50 + 40000));
  EXPECT_DOUBLE_EQ(found.rows[7].estimate, one.thresholds[1].strategies[1].value);
}

TEST(CostEffectiveness, patients_who_do_not_differ) {
  const auto model = loaded(
      worth_model("10 years", declared("{usual: {}, same: {}, dear: {parameters: {drug: 50 per year}}}", all_of_it)));
  const std::vector<LifeRows> lives = {until(2), until(4, {1, 2})};
  const CostEffectiveness one = results_of(model, {lives, lives, lives}).cost_effectiveness.front();
  EXPECT_EQ(of(one, 1).placed.standing, Standing::equal);
  EXPECT_TRUE(of(one, 1).resolved);
  EXPECT_TRUE(of(one, 0).resolved);  // nothing is better at a threshold of 0, the one equal to it aside
  // 100 and 200 more for no effect at all, in every patient.
  EXPECT_EQ(of(one, 2).placed.standing, Standing::dominated);
  EXPECT_TRUE(std::isnan(of(one, 2).ratio));
  EXPECT_EQ(of(one, 2).increment.effect_variance, 0);
  EXPECT_TRUE(one.thresholds[0].strategies[1].may_be_best);
  EXPECT_FALSE(one.thresholds[0].resolved);
}

TEST(CostEffectiveness, one_strategy) {
  const auto model = loaded(worth_model("10 years", declared("{usual: {}}", all_of_it)));
  const Results found = results_of(model, {{until(2), until(4, {1})}});
  const CostEffectiveness& one = found.cost_effectiveness.front();
  EXPECT_EQ(of(one, 0).placed.standing, Standing::on_frontier);
  EXPECT_TRUE(of(one, 0).resolved);
  EXPECT_TRUE(one.thresholds[0].resolved);
  EXPECT_EQ(of(one, 0).placed.against, nobody);
  EXPECT_NE(terminal_table(found, 100).find("310 ± 110"), std::string::npos) << terminal_table(found, 100);
}

TEST(CostEffectiveness, groups_and_discounting_stand_apart) {
  const auto model = loaded(
      worth_model("10 years", "discounting: {costs: 0.1, effects: 0}\n" +
                                  declared("{usual: {}, longer: {}}",
                                           "{cost_effectiveness: {cost: care, life_years: all}, group: age < 20 years, "
                                           "discounted: both, until: 5 years}")));
  std::vector<LifeRows> usual = {until(2), until(4), until(1)}, longer = {until(3), until(6), until(1.5)};
  for (auto* lives : {&usual, &longer}) (*lives)[0].age = 15;
  const Results found = results_of(model, {usual, longer});
  ASSERT_EQ(found.cost_effectiveness.size(), 4U);
  const CostEffectiveness& old = found.cost_effectiveness[0];
  EXPECT_EQ(old.group, "false");
  EXPECT_EQ(old.effect_unit, "years");
  EXPECT_EQ(of(old, 0).patients, 2);
  EXPECT_DOUBLE_EQ(of(old, 1).estimate.effect.estimate, 3.25);  // 5, where it ends, and 1.5
  EXPECT_TRUE(found.cost_effectiveness[1].discounted);
  EXPECT_LT(of(found.cost_effectiveness[1], 1).estimate.cost.estimate, of(old, 1).estimate.cost.estimate);
  EXPECT_EQ(of(found.cost_effectiveness[2], 0).patients, 1);  // one patient has no error
  EXPECT_EQ(of(found.cost_effectiveness[2], 1).interval.form, RatioInterval::Form::none);
  EXPECT_FALSE(of(found.cost_effectiveness[2], 1).resolved);
}

TEST(CostEffectiveness, nobody_in_a_group) {
  const auto model = loaded(
      worth_model("10 years", declared("{usual: {}, longer: {}}",
                                       "{cost_effectiveness: {cost: all, qalys: all}, population: age > 100 years, "
                                       "thresholds: [1000]}")));
  const Results found = results_of(model, {{until(2)}, {until(3)}});
  const CostEffectiveness& one = found.cost_effectiveness.front();
  EXPECT_EQ(of(one, 0).placed.standing, Standing::unknown);
  EXPECT_FALSE(of(one, 0).resolved);
  EXPECT_FALSE(one.thresholds[0].resolved);
  EXPECT_NE(terminal_table(found, 100).find("no patients"), std::string::npos);
}

// Below 8 years an effect may reach 2^43 units; with a debt of money the difference of the two passes it.
TEST(CostEffectiveness, says_what_is_too_large) {
  const auto model = loaded(worth_model(
      "7.9 years",
      "costs: {refund: {on_event: fever, amount: 2000000000, credit: true}}\nutilities: {base: {value: 1}}\n"
      "strategies: {usual: {}}\noutcomes: {money: {cost_effectiveness: {cost: all, qalys: all}}}\n"));
  try {
    (void)results_of(model, {{until(7.8, {1})}});
    FAIL();
  } catch (const RunError& error) {
    EXPECT_NE(std::string(error.what()).find("costs and effects of patient 1 together"), std::string::npos)
        << error.what();
  }
}

// Lives to random deaths, at rates lambda a year of one draw under all strategies, with a fever a year; to 10 years.
std::vector<std::vector<LifeRows>> random_lives(std::mt19937_64& random, std::size_t patients,
                                                const std::vector<double>& rates) {
  std::exponential_distribution<double> draw;
  std::vector<std::vector<LifeRows>> lives(rates.size());
  for (std::size_t p = 0; p < patients; ++p) {
    const double budget = draw(random);
    std::vector<double> fevers;
    for (double t = draw(random); t < 10; t += draw(random)) fevers.push_back(t);
    for (std::size_t s = 0; s < rates.size(); ++s) {
      const double death = budget / rates[s];
      std::vector<double> own;
      std::copy_if(fevers.begin(), fevers.end(), std::back_inserter(own), [death](double t) { return t < death; });
      lives[s].push_back(death < 10 ? until(death, own) : LifeRows{{{well, 0}}, own});
    }
  }
  return lives;
}
double mean_life(double rate) {
  return -std::expm1(-10 * rate) / rate;
}

// The interval of a ratio whose parts are as mean lives are: ((100 + 20 + 30) m_B - (100 + 20) m_A) / (0.5 (m_B -
// m_A)). 1500 trials of 400 patients: the share that holds the truth is within 5 sd (2.8%) of 95%, a false alarm in
// 6e-7 (the normal approximation aside). Without the covariance it would hold it nearly always.
TEST(CostEffectiveness, the_interval_of_a_ratio_holds_the_truth_in_95_of_100) {
  const auto model =
      loaded(worth_model("10 years", declared("{usual: {}, longer: {parameters: {drug: 30 per year}}}", all_of_it)));
  const double a = mean_life(0.5), b = mean_life(0.3);
  const double truth = (150 * b - 120 * a) / (0.5 * (b - a));
  std::mt19937_64 random(19);
  constexpr int trials = 1500;
  int held = 0, bounded = 0;
  for (int i = 0; i < trials; ++i) {
    const Results found = results_of(model, random_lives(random, 400, {0.5, 0.3}));
    const RatioInterval interval = of(found.cost_effectiveness.front(), 1).interval;
    bounded += interval.form == RatioInterval::Form::bounded ? 1 : 0;
    held += interval.lower <= truth && truth <= interval.upper ? 1 : 0;
  }
  EXPECT_EQ(bounded, trials);
  EXPECT_NEAR(held / double(trials), 0.95, 5 * std::sqrt(0.95 * 0.05 / trials));
}

// Three strategies in truth on one line: the one between is no worse than a mixture of the others. That it is called
// extendedly dominated beyond error should happen in 2.5%, that it is called better at most in 5%; bounds: 5 sd more.
TEST(CostEffectiveness, a_status_is_rarely_resolved_wrongly) {
  const double a = mean_life(0.5), b = mean_life(0.4), c = mean_life(0.25);
  const double drug = (120 * a + (b - a) * (170 * c - 120 * a) / (c - a)) / b - 120;  // of the second; 50 of the third
  const std::string strategies = "{usual: {}, between: {parameters: {drug: " + std::to_string(drug) +
                                 " per year}}, longer: {parameters: {drug: 50 per year}}}";
  const auto model = loaded(worth_model("10 years", declared(strategies, all_of_it)));
  std::mt19937_64 random(23);
  constexpr int trials = 1500;
  int extended = 0, wrongly_out = 0, wrongly_in = 0;
  for (int i = 0; i < trials; ++i) {
    const Results found = results_of(model, random_lives(random, 300, {0.5, 0.4, 0.25}));
    const StrategyWorth between = of(found.cost_effectiveness.front(), 1);
    const bool out = between.placed.standing == Standing::extendedly_dominated;
    extended += out ? 1 : 0;
    wrongly_out += out && between.resolved ? 1 : 0;
    wrongly_in += !out && between.resolved ? 1 : 0;
  }
  EXPECT_NEAR(extended / double(trials), 0.5, 0.1);
  EXPECT_LT(wrongly_out / double(trials), 0.025 + 5 * std::sqrt(0.025 * 0.975 / trials));
  EXPECT_GT(wrongly_out, 5);  // of 37 expected: it is no empty claim
  EXPECT_LT(wrongly_in / double(trials), 0.05 + 5 * std::sqrt(0.05 * 0.95 / trials));
}

// Far apart everything is resolved.
TEST(CostEffectiveness, clear_statuses_are_resolved) {
  const std::string strategies =
      "{usual: {}, half: {parameters: {drug: 400 per year}}, longer: {parameters: {drug: 100 per year}}, waste: "
      "{parameters: {drug: "
      "1000 per year}}}";
  const auto model = loaded(worth_model("10 years", declared(strategies, all_of_it)));
  std::mt19937_64 random(29);
  const Results found = results_of(model, random_lives(random, 5000, {0.5, 0.4, 0.2, 0.4}));
  const CostEffectiveness& one = found.cost_effectiveness.front();
  const Standing expected[] = {Standing::on_frontier, Standing::dominated, Standing::on_frontier, Standing::dominated};
  for (std::size_t s = 0; s < 4; ++s) {
    EXPECT_EQ(of(one, s).placed.standing, expected[s]) << s;
    EXPECT_TRUE(of(one, s).resolved) << s;
  }
  const std::string text = terminal_table(found, 200);
  EXPECT_NE(text.find("dominated by longer"), std::string::npos) << text;
  EXPECT_EQ(text.find('?'), std::string::npos) << text;
}

}  // namespace
}  // namespace sojourn::outcomes::testing
