// Precedence, associativity, units and what stands for what.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "example.hpp"

namespace sojourn::expression::testing {
namespace {

TEST(Grammar, Precedence) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("10 - 4 - 3"), 3);
  EXPECT_EQ(value("10 - (4 - 3)"), 9);
  EXPECT_EQ(value("24 / 4 / 2"), 3);
  EXPECT_EQ(value("24 / 4 * 2"), 12);
  EXPECT_EQ(value("2 ^ 3 ^ 2"), 512);
  EXPECT_EQ(value("-2 ^ 2"), -4);
  EXPECT_EQ(value("(-2) ^ 2"), 4);
  EXPECT_EQ(value("2 ^ -1 * 4"), 2);
  EXPECT_EQ(value("2 * -3"), -6);
  EXPECT_EQ(value("--3"), 3);
  EXPECT_EQ(value("+3 - +1"), 2);
  EXPECT_EQ(value("1 + 2 < 4"), 1);
  EXPECT_EQ(value("7 - 2 * 3 == 1"), 1);
}

TEST(Grammar, Logic) {
  EXPECT_EQ(value("true or false and false"), 1);
  EXPECT_EQ(value("(true or false) and false"), 0);
  EXPECT_EQ(value("not false and false"), 0);
  EXPECT_EQ(value("not (false and false)"), 1);
  EXPECT_EQ(value("not 1 > 2"), 1);
  EXPECT_EQ(value("!false && true || false"), 1);
  EXPECT_EQ(value("true == not false"), 1);
  EXPECT_EQ(value("not not true"), 1);
  EXPECT_EQ(value("1 < 2 and 3 >= 3 or 1 != 1"), 1);
}

TEST(Grammar, ChoiceIsLoosestAndGroupsToTheRight) {
  EXPECT_EQ(value("false ? 1 : false ? 2 : 3"), 3);
  EXPECT_EQ(value("true ? false ? 1 : 2 : 3"), 2);
  EXPECT_EQ(value("true or false ? 1 : 2"), 1);
  EXPECT_EQ(value("1 + (true ? 1 : 2) * 10"), 11);
  EXPECT_EQ(value("true ? 1 : 2 + 10"), 1);
}

TEST(Grammar, Numbers) {
  EXPECT_EQ(value("1e-3"), 1e-3);
  EXPECT_EQ(value("1E+3"), 1e3);
  EXPECT_EQ(value(".5 + 5."), 5.5);
  EXPECT_EQ(value("0.1"), 0.1);
  EXPECT_EQ(value("2e2-1"), 199);
  EXPECT_EQ(value("0"), 0);
}

TEST(Grammar, Units) {
  EXPECT_EQ(value("28 days"), 28 / 365.25);
  EXPECT_EQ(value("4 weeks"), value("28 days"));
  EXPECT_EQ(value("12 months"), 1);
  EXPECT_EQ(value("1 month + 1 year"), 1 / 12.0 + 1);
  EXPECT_EQ(value("-3 days"), -3 / 365.25);
  EXPECT_EQ(value("0.3 per year"), 0.3);
  EXPECT_EQ(value("0.02 / month"), 0.02 * 12);
  EXPECT_EQ(value("0.02 per month"), 0.02 * 12);
  EXPECT_EQ(value("0.02 per week"), 0.02 * 365.25 / 7);
  EXPECT_EQ(value("0.001 per day"), 0.001 * 365.25);
  EXPECT_EQ(value("0.2 per 5 years"), 0.2 / 5);
  EXPECT_EQ(value("1 / 0.5 per year"), 2);  // `per` binds tighter than `/`
  EXPECT_EQ(value("1 / 2 / year"), 0.5);
  EXPECT_EQ(value("age / year + 1"), 11);
  EXPECT_EQ(value("log(2) / 2 per year"), std::log(2.0) / 2);
}

TEST(Grammar, HistoryNames) {
  EXPECT_EQ(value("in(remission)"), 1);
  EXPECT_EQ(value("in(event_free)"), 1);
  EXPECT_EQ(value("in(dead)"), 0);
  EXPECT_EQ(value("in(nothing)"), 0);
  EXPECT_EQ(value("visited(infused) and not visited(hsct)"), 1);
  EXPECT_EQ(value("visited(icans)"), 1);
  EXPECT_EQ(value("visited(recovery)"), 0);
  EXPECT_EQ(value("count(icans)"), 2);
  EXPECT_EQ(value("count(dead)"), 0);
  EXPECT_EQ(value("time_since(icans)"), 0.875);
  EXPECT_EQ(value("time_since(infused)"), 1);
  EXPECT_EQ(value("time_since(dead)"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(value("time_since(dead) < 10 years"), 0);
  EXPECT_EQ(value("now"), 1);
}

TEST(Grammar, BareStatesStandForBeingInThem) {
  Allowed bare;
  bare.bare_states = true;
  const auto in = [&](const char* text, std::int32_t state) {
    Patient patient;
    patient.state = state;
    const Code code = compile(good(text, Type::boolean(), bare), parameter_values(), 5);
    return evaluate(code, patient.context());
  };
  EXPECT_EQ(in("not event_free", 1), 0);
  EXPECT_EQ(in("not event_free", 4), 1);
  EXPECT_EQ(in("dead or relapsed", 3), 1);
  EXPECT_EQ(in("dead == alive", 3), 0);
  EXPECT_EQ(in("true", 3), 1);
}

TEST(Grammar, LevelsComeFromTheOtherSideOrFromWhatIsExpected) {
  const Type plan = scope().attributes[6].type;
  EXPECT_EQ(value("sex == male"), 1);
  EXPECT_EQ(value("male == sex"), 1);
  EXPECT_EQ(value("sex != male"), 0);
  EXPECT_EQ(value("site == cns"), 1);
  EXPECT_EQ(value("plan == hsct"), 1);  // a state, too
  EXPECT_EQ(value("hsct", {}, plan), 1);
  EXPECT_EQ(value("frail ? blinatumomab : none", {}, plan), 2);
  EXPECT_EQ(value("sex == female ? none : frail ? blinatumomab : hsct", {}, plan), 2);
  EXPECT_EQ(value("plan == (frail ? hsct : none)"), 1);
  EXPECT_EQ(value("(frail ? hsct : plan) == plan"), 1);
  EXPECT_EQ(value("(frail ? plan : none) == hsct"), 1);
  EXPECT_EQ(value("plan", {}, plan), 1);
}

TEST(Grammar, ALevelWinsOverAnAttributeThatCannotBeMeant) {
  Scope two = scope();
  two.attributes.push_back({"male", Type::boolean()});
  const ParseResult result = parse("sex == male and male", two, Type::boolean(), {});
  EXPECT_TRUE(std::holds_alternative<Expression>(result));
}

TEST(Grammar, ReservedWords) {
  for (const char* word : {"true", "in", "visited", "rest", "now", "per", "day", "months", "and", "time_since"}) {
    EXPECT_TRUE(is_reserved(word)) << word;
  }
  for (const char* word : {"min", "exp", "age", "Day", ""}) EXPECT_FALSE(is_reserved(word)) << word;
}

}  // namespace
}  // namespace sojourn::expression::testing
