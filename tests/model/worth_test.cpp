// Costs, utilities, discounting and the outcomes about them, as read.
#include <algorithm>

#include "model/expressions_of.hpp"
#include "model/words.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

const std::string worth =
    "parameters: {price: 100, wait: 2 months, unused: 3}\n"
    "attributes: {severe: {initial: false}}\n"
    "events: {fever: {in: a, time: {exponential: {rate: 1 per year}}}}\n"
    "currency: EUR\n"
    "costs:\n"
    "  ward: {rate: [10 per month, 'severe ? 2 : 1'], category: care, source: s, status: derived}\n"
    "  stay: {on_event: fever, when: severe, rate: 'price * 1 per year', for: wait}\n"
    "  move: {on_transition: 'transition:a>b', amount: price, credit: true, category: care}\n"
    "utilities:\n"
    "  base: {value: 0.8}\n"
    "  age: {multiply: {piecewise: {clock: forward, times: [1 year], values: [1, 0.9]}}}\n"
    "  fever: {on_event: fever, loss: 3 days}\n"
    "discounting: {costs: 0.035, effects: 0.015, method: yearly}\n"
    "outcomes:\n"
    "  all: {cost: all}\n"
    "  care: {cost: [care], discounted: false}\n"
    "  quality: {qalys: all, discounted: true}\n"
    "  lived: {life_years: a, until: 1 year}\n";

TEST(Worth, is_read) {
  const auto loaded = load_text(two_states("{exponential: {rate: 0.1 per year}}", worth));
  ASSERT_TRUE(loaded.model.has_value()) << loaded.problems;
  const Model& m = *loaded.model;
  EXPECT_EQ(m.currency, "EUR");
  ASSERT_EQ(m.costs.size(), 3u);
  EXPECT_EQ(m.costs[0].occasion.states, std::vector{StateId{0}});  // any: not the absorbing one
  EXPECT_DOUBLE_EQ(value_of(m, std::get<Expression>(m.costs[0].product[0])), 120);
  EXPECT_EQ(m.costs[0].status, "derived");
  EXPECT_TRUE(m.costs[1].occasion.at_instants());
  EXPECT_DOUBLE_EQ(value_of(m, *m.costs[1].occasion.duration), 2.0 / 12);
  EXPECT_EQ(m.costs[1].occasion.events, std::vector{MarkId{2}});
  EXPECT_EQ(m.costs[2].occasion.transitions, std::vector{DeclarationId{0}});
  EXPECT_TRUE(m.costs[2].credit);
  ASSERT_EQ(m.utilities.size(), 3u);
  EXPECT_EQ(m.utilities[1].kind, Utility::Kind::multiply);
  EXPECT_EQ(m.utilities[2].kind, Utility::Kind::loss);
  EXPECT_EQ(m.discounting.method, Discounting::Method::yearly);
  EXPECT_DOUBLE_EQ(value_of(m, *m.discounting.effects), 0.015);
}

TEST(Worth, outcomes_are_read) {
  const auto loaded = load_text(two_states("{exponential: {rate: 0.1 per year}}", worth));
  ASSERT_TRUE(loaded.model.has_value()) << loaded.problems;
  const auto& outcomes = loaded.model->outcomes;
  EXPECT_EQ(outcomes[0].costs, (std::vector<bool>{true, true, true}));
  EXPECT_EQ(outcomes[0].discounted, Discounted::both);
  EXPECT_EQ(outcomes[1].costs, (std::vector<bool>{true, false, true}));
  EXPECT_EQ(outcomes[1].discounted, Discounted::no);
  EXPECT_EQ(outcomes[2].target.states, (std::vector<bool>{true, false}));
  EXPECT_EQ(outcomes[2].discounted, Discounted::yes);
  EXPECT_EQ(outcomes[3].target.states, (std::vector<bool>{true, false}));
  EXPECT_EQ(outcomes[3].until, 1.0);
}

TEST(Worth, uses_parameters_and_is_told_in_words) {
  const auto loaded = load_text(two_states("{exponential: {rate: 0.1 per year}}", worth));
  ASSERT_TRUE(loaded.model.has_value()) << loaded.problems;
  EXPECT_EQ(parameters_in_use(*loaded.model), (std::vector<bool>{true, true, false}));
  const std::string words = in_words(*loaded.model);
  EXPECT_NE(words.find("Paid in EUR: ward, stay, move.\n"), std::string::npos) << words;
  EXPECT_NE(words.find("Discounted by whole years: costs 0.035, effects 0.015 a year.\n"), std::string::npos) << words;
}

TEST(Worth, an_absorbing_state_with_a_weight_counts_among_all) {
  const auto loaded = load_text(two_states("{exponential: {rate: 0.1 per year}}",
                                           "utilities: {base: {value: 0.8}, after: {in: b, value: 0.2}}\n"
                                           "outcomes: {quality: {qalys: all}, lived: {life_years: all}}\n"));
  ASSERT_TRUE(loaded.model.has_value()) << loaded.problems;
  EXPECT_EQ(loaded.model->outcomes[0].target.states, (std::vector<bool>{true, true}));
  EXPECT_EQ(loaded.model->outcomes[1].target.states, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace sojourn::model::testing
