// Every kind of outcome on a handful of lives that can be counted by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

using model::OutcomeKind;

// Four patients over 4 years: dead at 1; ill at 1, dead at 2.5; ill at 2, well again at 3; alive throughout.
std::vector<std::vector<Course>> four() {
  return {{{{{alive, 0}, {dead, 1}}},
           {{{alive, 0}, {ill, 1}, {dead, 2.5}}, {1.5}},
           {{{alive, 0}, {ill, 2}, {well_again, 3}}, {0.5, 3.5}},
           {}}};
}

TEST(Survival, IsTheShareToWhomItHasNotHappenedByT) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({0.5, 1, 2.5, 4})};
  const Results r = results_of(m, four());
  const double expected[] = {1, 0.75, 0.5, 0.5};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(row_of(r, "os", k).estimate, expected[k]);
  EXPECT_EQ(row_of(r, "os", 1).events, 1);
  EXPECT_EQ(row_of(r, "os", 1).n, 4);
  EXPECT_DOUBLE_EQ(row_of(r, "os", 1).se, std::sqrt(0.75 * 0.25 / 4));
}

TEST(Survival, RestrictedMeanIsTheMeanOfTheShorterOfTAndUntil) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({})};
  m.outcomes[0].until = 3;
  const Row& row = row_of(results_of(m, four()), "os");
  EXPECT_EQ(row.measure, "restricted_mean");
  EXPECT_EQ(row.estimate, (1 + 2.5 + 3 + 3) / 4);
  // sd / sqrt(n) as usual for a mean
  const double mean = 9.5 / 4;
  const double squares = std::pow(1 - mean, 2) + std::pow(2.5 - mean, 2) + 2 * std::pow(3 - mean, 2);
  EXPECT_NEAR(row.se, std::sqrt(squares / 3 / 4), 1e-15);
}

TEST(Survival, CountsFromTheOriginAndLeavesOutThoseWithoutIt) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1, 1.5, 3})};
  m.outcomes[0].origin = MarkId{ill};
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "os", 0).n, 2);
  EXPECT_EQ(row_of(r, "os", 0).estimate, 1);
  EXPECT_EQ(row_of(r, "os", 1).estimate, 0.5);  // dead exactly 1.5 after falling ill
  // 3 years after the origin only the patient who fell ill at 1 is followed.
  EXPECT_EQ(row_of(r, "os", 2).n, 1);
  EXPECT_EQ(row_of(r, "os", 2).too_short, 1);
  EXPECT_EQ(row_of(r, "os", 2).note,
            "1 of 2 patients are not followed that long and left out; events in all: 95% bound");
}

TEST(Survival, CountsFromAnEvent) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::survival, "free_of_illness", in_states({ill, dead}), {0.5, 1.5})};
  m.outcomes[0].origin = fever;  // at 1.5 while ill; at 0.5, ill 1.5 later
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "free_of_illness", 0).estimate, 0.5);
  EXPECT_EQ(row_of(r, "free_of_illness", 1).estimate, 0);
}

TEST(Survival, AlreadyInTheTargetAtTheOriginHappensAtTheOrigin) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::survival, "s", in_states({ill}), {0})};
  m.outcomes[0].origin = MarkId{ill};
  EXPECT_EQ(row_of(results_of(m, four()), "s").estimate, 0);
}

TEST(Survival, StatesLeftAtTheInstantOfTheOriginDoNotCount) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::survival, "from_state", in_states({ill}), {1}),
                outcome(OutcomeKind::survival, "from_event", in_states({ill}), {1})};
  m.outcomes[0].origin = MarkId{well_again};
  m.outcomes[1].origin = fever;
  const Results r = results_of(m, {{{{{alive, 0}, {ill, 1}, {well_again, 2}}, {2}}}});
  EXPECT_EQ(row_of(r, "from_state").estimate, 1);
  EXPECT_EQ(row_of(r, "from_event").estimate, 1);
}

TEST(Survival, WaitsForEventsAndStates) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::survival, "fever_or_death", in_states({dead}, {fever}), {0.5, 1, 1.5})};
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "fever_or_death", 0).estimate, 0.75);
  EXPECT_EQ(row_of(r, "fever_or_death", 1).estimate, 0.5);
  EXPECT_EQ(row_of(r, "fever_or_death", 2).estimate, 0.25);
}

TEST(Incidence, CompetingEventsEndTheRisk) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::incidence, "death", in_states({dead}), {1, 4})};
  m.outcomes[0].competing = in_states({ill});
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "death", 0).estimate, 0.25);
  EXPECT_EQ(row_of(r, "death", 1).estimate, 0.25);  // the second patient was ill before she died
}

TEST(Incidence, AtOneInstantTheTargetComesBeforeWhatCompetes) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::incidence, "fever", in_states({}, {fever}), {1})};
  m.outcomes[0].competing = in_states({dead});
  EXPECT_EQ(row_of(results_of(m, {{{{{alive, 0}, {dead, 1}}, {1}}}}), "fever").estimate, 1);
}

TEST(Incidence, WhereIsJudgedAfterEverythingAtThatInstant) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::incidence, "cns", in_states({ill}), {4})};
  m.outcomes[0].where = parsed("site == cns");
  Course marrow{{{alive, 0}, {ill, 1}}}, cns = marrow, later = marrow, second = marrow;
  cns.changes = {{site, 1, 0}, {site, 1, 1}};  // two changes at the instant: the last holds
  later.changes = {{site, 1.5, 1}};            // while ill: not an entry
  second.states = {{alive, 0}, {ill, 1}, {well_again, 2}, {ill, 3}};
  second.changes = {{site, 3, 1}};
  const Row& row = row_of(results_of(m, {{marrow, cns, later, second}}), "cns");
  EXPECT_EQ(row.events, 2);
}

TEST(Incidence, TimeLostIsTheMeanOfWhatIsLeftOfUntil) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::incidence, "death", in_states({dead}), {})};
  m.outcomes[0].until = 3;
  const Row& row = row_of(results_of(m, four()), "death");
  EXPECT_EQ(row.measure, "time_lost");
  EXPECT_EQ(row.estimate, (2 + 0.5) / 4);
}

TEST(Share, IsTakenAtTheEndOrAtATime) {
  auto m = small_model(4, 1);
  model::Outcome at_end = outcome(OutcomeKind::share, "ill_ever", {}, {}), by = at_end;
  at_end.share = parsed("visited(ill)");
  by.name = "ill_by_1";
  by.share = at_end.share;
  by.until = 1;
  m.outcomes = {at_end, by};
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "ill_ever").estimate, 0.5);
  EXPECT_EQ(row_of(r, "ill_by_1").estimate, 0.25);
}

TEST(Share, SeesStateTimeAndCounts) {
  auto m = small_model(4, 1);
  const char* conditions[] = {"in(sick)", "count(fever) >= 2", "time_since(fever) < 1 year", "now == 4 years",
                              "not visited(ill)"};
  const double expected[] = {0, 0.25, 0.25, 1, 0.5};
  for (const char* text : conditions) {
    m.outcomes.push_back(outcome(OutcomeKind::share, text, {}, {}));
    m.outcomes.back().share = parsed(text);
  }
  const Results r = results_of(m, four());
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(row_of(r, conditions[i]).estimate, expected[i]) << conditions[i];
}

TEST(Share, UsesTheParametersOfEachStrategy) {
  auto m = small_model(4, 2);
  m.strategies[1].parameters = {{ParameterId{0}, expression::Expression::constant(4)}};
  m.outcomes = {outcome(OutcomeKind::share, "high", {}, {})};
  m.outcomes[0].share = parsed("grade >= cut");
  Course three;
  three.changes = {{grade, 1, 3}};
  const Results r = results_of(m, {{three}, {three}});
  EXPECT_EQ(row_of(r, "high", 0, 0).estimate, 1);
  EXPECT_EQ(row_of(r, "high", 0, 1).estimate, 0);
}

TEST(Distribution, GivesARowForEachLevel) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::distribution, "grade", {}, {}),
                outcome(OutcomeKind::distribution, "site", {}, {})};
  m.outcomes[0].attribute = AttributeId{grade};
  m.outcomes[1].attribute = AttributeId{site};
  Course a, b;
  a.changes = {{grade, 1, 3}, {site, 2, 2}};
  b.changes = {{grade, 1, 3}, {grade, 2, 1}};
  const Results r = results_of(m, {{a, b, {}, {}}});
  const double grades[] = {0.5, 0.25, 0, 0.25, 0};
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_EQ(row_of(r, "grade", k).estimate, grades[k]);
    EXPECT_EQ(row_of(r, "grade", k).level, std::to_string(k));
  }
  EXPECT_EQ(row_of(r, "site", 2).level, "none");
  EXPECT_EQ(row_of(r, "site", 2).estimate, 0.25);
}

TEST(TimeIn, AddsUpStays) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::time_in, "ill", in_states({ill}), {}),
                outcome(OutcomeKind::time_in, "alive_or_ill", in_states({alive, ill}), {}),
                outcome(OutcomeKind::time_in, "all", in_states({alive, ill, well_again, dead}), {})};
  m.outcomes[1].until = 2.25;
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "ill").estimate, (0 + 1.5 + 1 + 0) / 4);
  EXPECT_EQ(row_of(r, "alive_or_ill").estimate, (1 + 2.25 + 2.25 + 2.25) / 4);
  EXPECT_EQ(row_of(r, "all").estimate, 4);  // nobody ever leaves all states: life expectancy = horizon
  EXPECT_TRUE(std::isnan(row_of(r, "all").se));
  EXPECT_LT(row_of(r, "all").lower, 4);
  EXPECT_EQ(row_of(r, "all").upper, 4);
}

TEST(TimeIn, CountsFromTheOrigin) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::time_in, "ill", in_states({ill}), {})};
  m.outcomes[0].origin = fever;
  m.outcomes[0].until = 2;
  EXPECT_EQ(row_of(results_of(m, four()), "ill").estimate, (1 + 0.5) / 2);  // from 1.5: 1; from 0.5 to 2.5: 0.5
}

TEST(Population, IsJudgedAtTheOrigin) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1})};
  m.outcomes[0].population = parsed("severe");
  Course at_start, later;
  at_start.changes = {{severe, 0, 1}};
  later.changes = {{severe, 0.5, 1}};
  EXPECT_EQ(row_of(results_of(m, {{at_start, later, {}}}), "os").n, 1);
}

TEST(Landmark, OnlyThoseStillAtRiskCount) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1, 2.5})};
  m.outcomes[0].landmark = 1;
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "os", 0).n, 3);  // dead at the landmark itself: not at risk
  EXPECT_EQ(row_of(r, "os", 0).estimate, 1);
  EXPECT_DOUBLE_EQ(row_of(r, "os", 1).estimate, 2.0 / 3);
}

TEST(Group, IsJudgedAtTheOriginTheLandmarkOrTheEnd) {
  auto m = small_model(4, 1);
  for (const auto at : {model::GroupAt::origin, model::GroupAt::landmark, model::GroupAt::end}) {
    m.outcomes.push_back(overall_survival({2.5}));
    m.outcomes.back().name = std::to_string(static_cast<int>(at));
    m.outcomes.back().landmark = 1.5;
    m.outcomes.back().group = parsed("visited(ill)");
    m.outcomes.back().group_at = at;
  }
  const Results r = results_of(m, four());
  const std::int64_t ill_then[] = {0, 1, 2};  // of the three alive at 1.5
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string name = std::to_string(i);
    EXPECT_EQ(row_of(r, name, 0).group, "false");
    EXPECT_EQ(row_of(r, name, 1).group, "true");
    EXPECT_EQ(row_of(r, name, 0).n, 3 - ill_then[i]);
    EXPECT_EQ(row_of(r, name, 1).n, ill_then[i]);
  }
  EXPECT_EQ(row_of(r, "1", 1).estimate, 0);
  EXPECT_EQ(row_of(r, "2", 1).estimate, 0.5);
}

TEST(Group, ByCategoryAndByWholeNumbers) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1}), overall_survival({1})};
  m.outcomes[0].group = parsed("site");
  m.outcomes[0].name = "by_site";
  m.outcomes[1].group = parsed("min(grade, 2)");
  m.outcomes[1].name = "by_grade";
  Course cns, high;
  cns.changes = {{site, 0, 1}};
  high.changes = {{grade, 0, 4}};
  const Results r = results_of(m, {{cns, high, {}}});
  EXPECT_EQ(row_of(r, "by_site", 1).group, "cns");
  EXPECT_EQ(row_of(r, "by_site", 1).n, 1);
  EXPECT_EQ(row_of(r, "by_grade", 2).group, "2");
  EXPECT_EQ(row_of(r, "by_grade", 2).n, 1);
  EXPECT_THROW((void)row_of(r, "by_grade", 3), std::runtime_error);
}

TEST(Extrapolation, IsMarkedBeyondWhatWasObserved) {
  auto m = small_model(4, 1);
  m.observed_until = 1;
  m.outcomes = {overall_survival({1, 2}), outcome(OutcomeKind::share, "early", {}, {}),
                outcome(OutcomeKind::share, "late", {}, {}), outcome(OutcomeKind::distribution, "grade", {}, {})};
  m.outcomes[1].share = parsed("visited(alive)");
  m.outcomes[2].share = parsed("visited(well_again)");  // at 3
  m.outcomes[3].attribute = AttributeId{grade};         // never changes
  const Results r = results_of(m, four());
  EXPECT_FALSE(row_of(r, "os", 0).extrapolated);
  EXPECT_TRUE(row_of(r, "os", 1).extrapolated);
  EXPECT_FALSE(row_of(r, "early").extrapolated);
  EXPECT_TRUE(row_of(r, "late").extrapolated);
  EXPECT_FALSE(row_of(r, "grade").extrapolated);
}

TEST(Targets, AreMatchedByTimeAndLevel) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({1, 2.5})};
  m.outcomes[0].targets = {{2.5, "", 0.6, 0.05, "a trial"}};
  const Results r = results_of(m, four());
  EXPECT_TRUE(std::isnan(row_of(r, "os", 0).target));
  EXPECT_EQ(row_of(r, "os", 1).target, 0.6);
  EXPECT_NEAR(row_of(r, "os", 1).target_deviation, -2, 1e-12);
}

TEST(Refusals, NameTheOutcomeAndTheKey) {
  const auto message = [](auto change) -> std::string {
    auto m = small_model(4, 1);
    m.outcomes = {overall_survival({1})};
    change(m.outcomes[0]);
    try {
      (void)plan_of(m);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message([](auto& o) { o.at = {5}; }), "outcomes.os.at: a time after the horizon");
  EXPECT_EQ(message([](auto& o) { o.landmark = 2; }), "outcomes.os.at: a time before the landmark");
  EXPECT_NE(message([](auto& o) { o.at = {}; }), "");
  EXPECT_NE(message([](auto& o) { o.group = parsed("count(fever)"); }), "");
  EXPECT_NE(message([](auto& o) { o.targets = {{2, "", 0.5, 0.1, ""}}; }), "");
  EXPECT_NE(message([](auto& o) { o.competing = in_states({ill}); }), "");
  EXPECT_EQ(message([](auto&) {}), "");
}

TEST(Survival, QuantilesAreTheFirstTimesOfTheGrid) {
  auto m = small_model(4, 1);
  m.outcomes = {overall_survival({})};
  m.outcomes[0].quantiles = {0.25, 0.5, 0.75};
  const Results r = results_of(m, four());  // dead at 1 and 2.5, two alive
  EXPECT_EQ(row_of(r, "os", 0).estimate, 1);
  EXPECT_NEAR(row_of(r, "os", 1).estimate, 2.5, 1 / steps_per_year);
  EXPECT_GE(row_of(r, "os", 1).estimate, 2.5);
  EXPECT_LT(row_of(r, "os", 1).low, 2.5);
  EXPECT_TRUE(std::isnan(row_of(r, "os", 2).estimate));
  EXPECT_EQ(row_of(r, "os", 2).note, "not reached within the horizon");
  EXPECT_EQ(row_of(r, "os", 0).unit, "years");
}

TEST(Count, OfEntriesAndEvents) {
  auto m = small_model(4, 1);
  m.outcomes = {outcome(OutcomeKind::count, "ill", in_states({ill}), {}),
                outcome(OutcomeKind::count, "fevers", in_states({}, {fever}), {}),
                outcome(OutcomeKind::count, "early", in_states({}, {fever}), {})};
  m.outcomes[2].until = 1;
  const Results r = results_of(m, four());
  EXPECT_EQ(row_of(r, "ill").estimate, 0.5);
  EXPECT_EQ(row_of(r, "fevers").estimate, 0.75);  // 1, 2, none, none: of four patients
  EXPECT_EQ(row_of(r, "early").estimate, 0.25);
  EXPECT_EQ(row_of(r, "ill").unit, "1");
  double squares = 0;
  for (const double n : {0.0, 1.0, 2.0, 0.0}) squares += (n - 0.75) * (n - 0.75);
  EXPECT_NEAR(row_of(r, "fevers").se, std::sqrt(squares / 3 / 4), 1e-15);
}

}  // namespace
}  // namespace sojourn::outcomes::testing
