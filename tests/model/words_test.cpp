// A model in plain English, and what a reader should look at.
#include "model/words.hpp"

#include <gmock/gmock.h>

#include "model/expressions_of.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

using ::testing::HasSubstr;

TEST(Words, IllnessDeath) {
  EXPECT_EQ(in_words(load_file("configs/examples/illness_death.yaml")),
            "Illness and death\n"
            "100000 patients, followed for 20 years.\n"
            "Patients start in remission. There are 3 states:\n"
            "  remission (In remission)\n"
            "  relapsed (Relapsed)\n"
            "  dead (Dead), which nothing leaves\n"
            "3 transitions and 0 events:\n"
            "  relapse: remission -> relapsed, weibull since entry\n"
            "  death_in_remission: remission -> dead, weibull since entry\n"
            "  death_after_relapse: relapsed -> dead, weibull since entry\n"
            "1 strategy:\n"
            "  base: as the model\n"
            "Computed: Alive; Relapsed, before death; Time in remission.\n");
}

TEST(Words, DecisionsAndStrategies) {
  const std::string words = in_words(load_file("tests/data/models/branches.yaml"));
  EXPECT_THAT(words, HasSubstr("6 branches, of which strategies decide 1:\n"));
  EXPECT_THAT(words, HasSubstr("  consolidation: 3 months and 6 months after entering remission, if still there, the "
                               "strategy decides between none, "
                               "hsct\n"));
  EXPECT_THAT(words, HasSubstr("  crs: on entering infused a grade is drawn (burden) between 0, 1, 2, 3, 4\n"));
  EXPECT_THAT(words, HasSubstr("4 strategies, compared with transplant:\n"));
  EXPECT_THAT(words, HasSubstr("  observe: consolidation = none\n"));
  EXPECT_THAT(words,
              HasSubstr("  transplant (Transplant all): consolidation = hsct, p_complete = 0.9 instead of 0.8\n"));
  EXPECT_THAT(words, HasSubstr("  adapted: consolidation by a rule (crs_grade, visited recovery)\n"));
  EXPECT_THAT(words, HasSubstr("  observed: consolidation by chance (burden)\n"));
}

TEST(Words, AtOnceAndLater) {
  const Loaded loaded = load_text(
      "sojourn: 1\ntitle: t\nhorizon: 5 years\nstates: {a: {initial: true}, b: {absorbing: true}}\n"
      "transitions:\n  - {from: a, to: b, time: {exponential: {rate: 0.1 per year}}}\n"
      "branches:\n"
      "  look: {on_entry: a, at: [0 days, 1 month, 2 months], choose: x, options: {x: {}, y: {to: b}}}\n"
      "  act: {on_entry: a, at: 0 days, choose: x, options: {x: {}, y: {to: b}}}\n");
  ASSERT_TRUE(loaded.model) << loaded.problems;
  const std::string words = in_words(*loaded.model);
  EXPECT_THAT(words, HasSubstr("  look: on entering a and 1 month and 2 months later, if still there, a rule decides"));
  EXPECT_THAT(words, HasSubstr("  act: on entering a a rule decides"));
}

TEST(Words, RemarksOnParameters) {
  const Loaded loaded = load_text(
      two_states("{exponential: {rate: r}}", "parameters: {r: p / 1 year, p: 0.5, q: {value: 1, source: s}, u: 2}\n"));
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(parameters_in_use(*loaded.model), (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(remarks(*loaded.model),
            (std::vector<std::string>{"nothing uses q, u.", "2 parameters without a source: p, u.",
                                      "no outcomes are declared: a run keeps histories only."}));
}

}  // namespace
}  // namespace sojourn::model::testing
