// Values against hand-computed ones; both sides of every choice are computed and one is selected.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "example.hpp"

namespace sojourn::expression::testing {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(Evaluate, TheFormulasOfTheLanguageReference) {
  EXPECT_DOUBLE_EQ(value("(frail ? 4.87 : 1) * (burden > 1 ? 4.5 : 1) * (in(hsct) ? hr : 1)"), 4.87);
  EXPECT_DOUBLE_EQ(value("1.6 * burden"), 0.8);
  EXPECT_DOUBLE_EQ(value("logistic(-2 + burden)"), 1 / (1 + std::exp(1.5)));
  EXPECT_DOUBLE_EQ(value("frail or visited(recovery) ? 1 : 0"), 1);
  EXPECT_DOUBLE_EQ(value("visited(hsct) ? 9.9 : 4.0"), 4);
}

TEST(Evaluate, Functions) {
  EXPECT_EQ(value("min(burden, 0.25)"), 0.25);
  EXPECT_EQ(value("max(grade, burden, 7)"), 7);
  EXPECT_EQ(value("abs(burden - 2)"), 1.5);
  EXPECT_DOUBLE_EQ(value("exp(burden)"), std::exp(0.5));
  EXPECT_DOUBLE_EQ(value("log(burden)"), std::log(0.5));
  EXPECT_DOUBLE_EQ(value("sqrt(grade)"), std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(value("pow(grade, burden)"), std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(value("grade ^ 3"), 27);
  EXPECT_EQ(value("grade ^ 2"), 9);
  EXPECT_DOUBLE_EQ(value("(-grade) ^ 3"), -27);
  EXPECT_DOUBLE_EQ(value("(-grade) ^ 4"), 81);
  EXPECT_TRUE(std::isnan(value("(-grade) ^ 0.5")));
  EXPECT_EQ(value("floor(burden * 5)"), 2);
  EXPECT_EQ(value("floor(-burden * 5)"), -3);
  EXPECT_EQ(value("floor(-grade)"), -3);
  EXPECT_EQ(value("floor(grade * 1e300)"), 3e300);
  EXPECT_DOUBLE_EQ(value("logistic(burden)"), 1 / (1 + std::exp(-0.5)));
  EXPECT_DOUBLE_EQ(value("logit(burden / 2)"), std::log(0.25 / 0.75));
  EXPECT_DOUBLE_EQ(value("odds_scale(burden, 3)"), 0.75);
  EXPECT_EQ(value("odds_scale(burden, 1)"), 0.5);
}

TEST(Evaluate, TheSideNotTakenMayBeInfiniteOrUndefined) {
  EXPECT_EQ(value("frail ? 2 : 1 / (burden - 0.5)"), 2);
  EXPECT_EQ(value("frail ? 2 : log(-burden)"), 2);
  EXPECT_EQ(value("burden == 0.5 or 1 / (burden - 0.5) > 3"), 1);
  EXPECT_EQ(value("1 / (burden - 0.5)"), infinite);
  EXPECT_TRUE(std::isnan(value("log(-burden)")));
  EXPECT_TRUE(std::isnan(value("min(1, log(-burden))")));
  EXPECT_TRUE(std::isnan(value("max(log(-burden), 1)")));
}

TEST(Evaluate, Comparisons) {
  EXPECT_EQ(value("burden < 0.5"), 0);
  EXPECT_EQ(value("burden <= 0.5"), 1);
  EXPECT_EQ(value("burden > 0.5"), 0);
  EXPECT_EQ(value("burden >= 0.5"), 1);
  EXPECT_EQ(value("burden == 0.5"), 1);
  EXPECT_EQ(value("burden != 0.5"), 0);
  EXPECT_EQ(value("frail == visited(icans)"), 1);
  EXPECT_EQ(value("age >= 10 years"), 1);
}

TEST(Evaluate, ConstantsHaveTheBitsOfWhatRuns) {
  Patient patient;
  for (const char* function : {"exp(X)", "log(X)", "logistic(X)", "logit(X / 4)", "sqrt(X)", "X ^ 1.7", "X ^ 2",
                               "X / 7", "odds_scale(X / 4, 3)", "floor(X * 9)"}) {
    std::string constant = function, running = function;
    constant.replace(constant.find('X'), 1, "p");
    running.replace(running.find('X'), 1, "burden");
    patient.attributes[1] = 0.3;  // p
    EXPECT_TRUE(compiled(constant).constant);
    EXPECT_EQ(value(constant, patient), value(running, patient)) << function;
  }
}

TEST(Evaluate, AttributesNowAndState) {
  Patient patient;
  patient.state = 2;
  patient.now = 2.5;
  patient.latest[2] = 2;
  patient.count[2] = 1;
  EXPECT_EQ(value("in(hsct) ? time_since(hsct) / year : -1", patient), 0.5);
  EXPECT_EQ(value("age + now", patient), 12.5);
  EXPECT_EQ(value("visited(hsct) and count(hsct) == 1", patient), 1);
  patient.state = -1;
  EXPECT_EQ(value("in(alive)", patient), 0);
}

}  // namespace
}  // namespace sojourn::expression::testing
