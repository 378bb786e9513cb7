// What one life is worth, against values computed by hand and closed forms.
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "outcomes/worth.hpp"
#include "worth_lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

const LifeRows whole_course = {{{well, 0}, {ill, 1.25, falls_ill}, {cured, 2, recovers}, {dead_state, 7.5, dies}},
                               {0.5, 1.5, 3},
                               {{severe_attribute, 1.5, 1}, {stage_attribute, 2, 3}}};

TEST(Worth, a_utility_of_one_makes_qalys_life_years_to_the_bit) {
  Valued one("10 years",
             "utilities: {all_alive: {value: 1}, "
             "age: {multiply: {piecewise: {clock: age, times: [31.1 years, 33.3 years], values: [1, 1, 1]}}}}\n");
  const Found worth = one.of(whole_course);
  EXPECT_EQ(worth.qalys(0).plain, worth.life_years(0).plain);
  EXPECT_EQ(worth.life_years(0).plain, std::int64_t(7.5 * 0x1p39));  // 10 years: units of 2^-39
  EXPECT_EQ(worth.qalys(0), worth.life_years(0));
}

TEST(Worth, no_discounting_is_discounting_at_nothing_to_the_bit) {
  const std::string rest =
      "costs:\n  a: {in: ill, rate: 1234.56 per month}\n  b: {on_event: fever, amount: 77.7}\n"
      "  c: {on_entry: ill, rate: 9 per day, for: 0.3 years}\n"
      "utilities: {w: {value: 0.813}, l: {on_event: fever, loss: 0.37, for: 11 days}}\n";
  for (const std::string method : {"continuous", "yearly"}) {
    Valued zero("10 years", rest + "discounting: {costs: 0, effects: 0, method: " + method + "}\n");
    const Found worth = zero.of(whole_course);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(worth.cost(c).plain, worth.cost(c).discounted);
    EXPECT_EQ(worth.qalys(0).plain, worth.qalys(0).discounted);
    EXPECT_EQ(worth.life_years(0).plain, worth.life_years(0).discounted);
    EXPECT_NE(worth.cost(0).plain, 0);
  }
}

TEST(Worth, costs_of_time_follow_states_and_attributes) {
  Valued v("10 years",
           "costs:\n  daily: {in: ill, rate: 100 per year}\n  each: {rate: 8 per year}\n"
           "  graded: {rate: ['10 per year', 'severe ? 3 : 1', stage]}\n"
           "  while_severe: {in: {tag: alive}, when: severe, rate: 1 per year}\n"
           "  after_fever: {when: visited(fever), rate: 1 per year}\n  grave: {in: dead, rate: 2 per year}\n");
  v.of(whole_course);
  EXPECT_DOUBLE_EQ(v.cost("daily"), 75);
  EXPECT_DOUBLE_EQ(v.cost("each"), 60);
  EXPECT_DOUBLE_EQ(v.cost("graded"), 10 * (1.5 + 0.5 * 3 + 5.5 * 9));
  EXPECT_DOUBLE_EQ(v.cost("while_severe"), 6);
  EXPECT_DOUBLE_EQ(v.cost("after_fever"), 7);
  EXPECT_DOUBLE_EQ(v.cost("grave"), 5);
}

TEST(Worth, costs_at_instants) {
  Valued v("10 years",
           "costs:\n  entry: {on_entry: [ill, cured], amount: 100}\n  start: {on_entry: well, amount: 7}\n"
           "  move: {on_transition: recovers, amount: '10 * stage'}\n  death: {on_transition: dies, amount: 1}\n"
           "  fevers: {on_event: fever, amount: 'severe ? 5 : 2'}\n  late: {on_event: fever, when: 'now > 1 year', "
           "amount: 1}\n"
           "  rebate: {on_entry: ill, amount: 30, credit: true}\n");
  v.of(whole_course);
  EXPECT_DOUBLE_EQ(v.cost("entry"), 200);
  EXPECT_DOUBLE_EQ(v.cost("start"), 7);
  EXPECT_DOUBLE_EQ(v.cost("move"), 30);  // judged after all that happens then
  EXPECT_DOUBLE_EQ(v.cost("death"), 1);
  EXPECT_DOUBLE_EQ(v.cost("fevers"), 2 + 5 + 5);
  EXPECT_DOUBLE_EQ(v.cost("late"), 2);
  EXPECT_DOUBLE_EQ(v.cost("rebate"), -30);
}

TEST(Worth, what_lasts_for_a_time_is_ended_by_death_and_begins_anew_when_repeated) {
  Valued v(
      "10 years",
      "costs: {care: {on_event: fever, rate: 12 per year, for: 0.75 years}}\n"
      "utilities: {w: {value: 1}, hurt: {on_event: fever, loss: 0.5, for: 'stage * 1 year'}, lost: {on_entry: ill, "
      "loss: 0.25 years}}\n");
  LifeRows life = {{{well, 0}, {ill, 1, falls_ill}, {dead_state, 3, dies}}, {0.5, 1}, {}};
  v.of(life);
  EXPECT_DOUBLE_EQ(v.cost("care"), 12 * 1.25);        // 0.5 to 1.75, once at a time
  EXPECT_DOUBLE_EQ(v.qalys(), 3 - 0.5 * 1.5 - 0.25);  // 0.5 to 2
  life.fevers = {0.5, 2.5};
  v.of(life);
  EXPECT_DOUBLE_EQ(v.cost("care"), 12 * (0.75 + 0.5));  // the second is cut by death
  EXPECT_DOUBLE_EQ(v.qalys(), 3 - 0.5 * 1.5 - 0.25);
  life.changes = {{stage_attribute, 0.1, 0}};
  v.of(life);
  EXPECT_DOUBLE_EQ(v.qalys(), 3 - 0.25);
}

TEST(Worth, weights_multiply_and_losses_are_taken_off) {
  Valued v("10 years",
           "utilities:\n  base: {in: [well, cured], value: 0.9}\n  sick: {in: ill, value: 'severe ? 0.4 : 0.6'}\n"
           "  older: {multiply: {piecewise: {clock: age, times: [32 years], values: [1, 0.5]}}}\n"
           "  burden: {in: cured, when: severe, loss: 0.1}\n",
           {{true, true, true, false}, {false, true, false, false}});
  v.of(whole_course);
  EXPECT_NEAR(v.qalys(1), 0.6 * 0.25 + 0.4 * 0.5, 1e-11);
  EXPECT_NEAR(v.qalys(0), 0.9 * 1.25 + 0.35 + (0.45 - 0.1) * 5.5, 1e-11);
}

TEST(Worth, clocks_of_piecewise_factors) {
  Valued v("10 years",
           "costs:\n"
           "  follow_up: {in: cured, rate: {piecewise: {clock: since cured, times: [1 year, 2 years], values: [300 per "
           "year, 100 per "
           "year, 10 per year]}}}\n"
           "  since_fever: {rate: {piecewise: {clock: since fever, times: [0.25 years], values: [8 per year, 0 per "
           "year]}}}\n"
           "  since_first: {rate: {piecewise: {clock: since first fever, times: [0.25 years], values: [8 per year, 0 "
           "per year]}}}\n"
           "  factor: {rate: [8 per year, {piecewise: {clock: since fever, times: [0.25 years], values: [0, 0]}}]}\n"
           "  stay: {rate: {piecewise: {clock: reset, times: [0.5 years], values: [1 per year, 0 per year]}}}\n"
           "  early: {rate: {piecewise: {clock: forward, times: [0.5 years], values: [1 per year, 0 per year]}}}\n");
  v.of(whole_course);
  EXPECT_DOUBLE_EQ(v.cost("follow_up"), 300 + 100 + 35);
  EXPECT_DOUBLE_EQ(v.cost("since_fever"), 8 * 0.75);  // nothing before the first
  EXPECT_DOUBLE_EQ(v.cost("since_first"), 8 * 0.25);
  EXPECT_DOUBLE_EQ(v.cost("factor"), 8 * 0.5);  // 1 before the first
  EXPECT_DOUBLE_EQ(v.cost("stay"), 0.5 * 3);
  EXPECT_DOUBLE_EQ(v.cost("early"), 0.5);
}

TEST(Worth, windows_add_up) {
  Valued v("10 years",
           "costs:\n  a: {rate: 11.1 per month}\n  b: {on_event: fever, amount: 3.3}\n  c: {on_entry: ill, rate: 7 per "
           "week, for: 2 years}\n"
           "utilities: {w: {value: 0.77}, l: {on_event: fever, loss: 0.2, for: 1 year}}\n"
           "discounting: {costs: 0.035, effects: 0.015}\n");
  for (const double cut : {0.0, 0.5, 1.0, 1.25, 3.0, 6.789, 7.5, 10.0}) {
    Amount costs[3], qalys, years;
    for (const auto& [from, until] : {std::pair(0.0, cut), std::pair(cut, 10.0)}) {
      const Found part = v.of(whole_course, from, until);
      for (std::size_t c = 0; c < 3; ++c) costs[c] += part.cost(c);
      qalys += part.qalys(0);
      years += part.life_years(0);
    }
    const Found all = v.of(whole_course);
    EXPECT_EQ(years, all.life_years(0)) << cut;
    EXPECT_LE(std::abs(qalys.plain - all.qalys(0).plain), 8) << cut;  // rounded once a stay
    EXPECT_LE(std::abs(qalys.discounted - all.qalys(0).discounted), 8) << cut;
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_LE(std::abs(costs[c].plain - all.cost(c).plain), 1) << cut;
      EXPECT_LE(std::abs(costs[c].discounted - all.cost(c).discounted), 1) << cut;
    }
  }
}

TEST(Worth, what_happens_at_the_horizon_counts) {
  Valued v("2 years", "costs: {death: {on_entry: dead, amount: 5}}\nutilities: {w: {value: 1}}\n");
  const LifeRows life = {{{well, 0}, {dead_state, 2, dies}}};
  v.of(life);
  EXPECT_EQ(v.cost("death"), 5);
  EXPECT_EQ(v.qalys(), 2);
  v.of(life, 0, 1.5);
  EXPECT_EQ(v.cost("death"), 0);
}

TEST(Worth, categories_add_up_to_the_total) {
  Valued v("10 years",
           "costs:\n  a: {rate: 1.1 per day, category: x}\n  b: {rate: 0.7 per day, category: y}\n  c: {on_event: "
           "fever, amount: 0.1, "
           "category: x}\n  d: {on_entry: ill, amount: 0.3}\n");
  const Found worth = v.of(whole_course);
  Amount sum;
  for (std::size_t c = 0; c < 4; ++c) sum += worth.cost(c);
  Valued together(
      "10 years",
      "costs: {daily: {rate: 1.8 per day}, b: {on_event: fever, amount: 0.1}, c: {on_entry: ill, amount: 0.3}}\n");
  const Found all = together.of(whole_course);
  Amount total = all.cost(0);
  total += all.cost(1);
  total += all.cost(2);
  EXPECT_LE(std::abs(sum.plain - total.plain), 3);  // each is rounded once
}

TEST(Worth, sets_of_states_add_up) {
  Valued v("10 years", "utilities: {w: {value: 0.123456789}}\ndiscounting: {costs: 0, effects: 0.05}\n",
           {{true, true, true, false}, {true, false, false, false}, {false, true, true, false}});
  const Found worth = v.of(whole_course);
  Amount qalys = worth.qalys(1), years = worth.life_years(1);
  qalys += worth.qalys(2);
  years += worth.life_years(2);
  EXPECT_EQ(qalys, worth.qalys(0));
  EXPECT_EQ(years, worth.life_years(0));
}

TEST(Worth, an_absorbing_state_may_have_a_weight) {
  Valued v("10 years", "utilities: {w: {value: 0.5}, after: {in: dead, value: 0.25}}\n", {{true, true, true, true}});
  v.of({{{well, 0}, {dead_state, 4, dies}}});
  EXPECT_DOUBLE_EQ(v.qalys(), 0.5 * 4 + 0.25 * 6);
}

std::string failure(Valued& v, const LifeRows& life) {
  try {
    v.of(life);
  } catch (const RunError& error) {
    return error.what();
  }
  return "none";
}

TEST(Worth, says_which_value_makes_no_sense) {
  Valued low("10 years", "costs: {a: {rate: '(stage - 2) * 1 per year'}}\n");
  EXPECT_EQ(failure(low, {}), "costs.a: a value is -1 for patient 1 at 0 years (it must be 0 or more)");
  Valued gap("10 years",
             "utilities: {a: {when: severe, value: 1}, b: {when: 'not severe and stage < 3', value: 0.5}}\n");
  EXPECT_EQ(failure(gap, {{{well, 0}}, {}, {{stage_attribute, 2, 3}}}),
            "utilities: no weight holds for patient 1 at 2 years (one must, at each moment)");
  Valued both("10 years",
              "utilities: {a: {when: severe, value: 1}, b: {when: 'stage > 2 or not severe', value: 0.5}}\n");
  EXPECT_EQ(failure(both, {{{well, 0}}, {}, {{severe_attribute, 2, 1}, {stage_attribute, 2, 3}}}),
            "utilities: both a and b hold for patient 1 at 2 years (one weight at a time)");
  Valued above("10 years", "utilities: {a: {value: '0.9 * stage'}}\n");
  EXPECT_EQ(failure(above, {{{well, 0}}, {}, {{stage_attribute, 2, 3}}}),
            "utilities.a: the weight is 2.7 for patient 1 at 2 years (it must be from -1 to 1)");
  Valued large("10 years", "costs: {a: {rate: 300000000 per year}}\n");
  EXPECT_EQ(
      failure(large, {}),
      "costs.a: 3e+09 for patient 1 at 10 years is too much to be added up exactly (limit 2^31); write the costs in "
      "thousands");
}

}  // namespace
}  // namespace sojourn::outcomes::testing
