// No text crashes, hangs or slips through: random bytes, random tokens, mutated expressions, deep and long ones.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <string>

#include "example.hpp"

namespace sojourn::expression::testing {
namespace {

// Parses, and if it is right compiles and evaluates. Returns whether it was right.
bool try_it(const std::string& text) {
  const ParseResult result = parse(text, scope(), std::nullopt, {});
  if (const auto* wrong = std::get_if<std::vector<ExpressionProblem>>(&result)) {
    EXPECT_FALSE(wrong->empty());
    EXPECT_LE(wrong->size(), 100U);
    for (const ExpressionProblem& problem : *wrong) {
      EXPECT_LE(problem.offset, text.size());
      EXPECT_FALSE(problem.problem.empty());
    }
    return false;
  }
  const Code code = compile(std::get<Expression>(result), parameter_values(), scope().states.size());
  const Patient patient;
  (void)evaluate(code, patient.context());
  return true;
}

constexpr std::array<const char*, 58> tokens = {
    "1",       "0",        "2.5",    "1e-3",        "28 days",    "0.3 per year",
    "/ month", "hr",       "wait",   "rate",        "p",          "age",
    "burden",  "sex",      "site",   "frail",       "grade",      "plan",
    "male",    "cns",      "hsct",   "dead",        "event_free", "icans",
    "in(",     "visited(", "count(", "time_since(", "min(",       "exp(",
    "log(",    "sqrt(",    "pow(",   "odds_scale(", "logit(",     "(",
    ")",       ")",        ",",      "+",           "-",          "*",
    "/",       "^",        "==",     "!=",          "<",          "<=",
    ">",       ">=",       "and",    "or",          "not",        "?",
    ":",       "true",     "now",    "per"};

TEST(Robust, RandomBytes) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = static_cast<char>(random() & 0xFFU);
    try_it(text);
  }
}

TEST(Robust, RandomTokens) {
  std::mt19937_64 random(2);
  int right = 0;
  for (int i = 0; i < 100000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 12; n > 0; --n) text.append(tokens[random() % tokens.size()]).append(" ");
    right += try_it(text) ? 1 : 0;
  }
  EXPECT_GT(right, 1000);
}

TEST(Robust, ChangedExpressions) {
  const std::string from =
      "(frail ? 4.87 : 1) * (sex == male and age > 28 days ? 4.5 : exp(-0.3 per year * wait)) + in(hsct) == true";
  std::mt19937_64 random(3);
  for (int i = 0; i < 100000; ++i) {
    std::string text = from;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text.erase(at, 1 + random() % 3);
          break;
        case 1:
          text.insert(at, text.substr(random() % text.size(), random() % 5));
          break;
        default:
          text[at] = static_cast<char>(32 + random() % 95);
      }
      if (text.empty()) text = " ";
    }
    try_it(text);
  }
}

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Robust, NestingIsLimited) {
  for (const char* open : {"(", "-", "+", "not ", "!", "min(1, ", "exp(", "2 ^ ", "frail ? 1 : ", "frail ? ", "2 ^ -",
                           "in(", "1 + (", "1 per "}) {
    EXPECT_FALSE(try_it(repeated(open, 60000 / std::string(open).size()))) << open;
    EXPECT_FALSE(try_it(repeated(open, 10000 / std::string(open).size()) + "1")) << open;
  }
  EXPECT_EQ(value(repeated("(", 200) + "1" + repeated(")", 200)), 1);
  EXPECT_EQ(value(repeated("-", 200) + "1"), 1);
  EXPECT_NE(problems(repeated("-", 201) + "1"), "");
  EXPECT_EQ(value(repeated("frail ? ", 200) + "1" + repeated(" : 2", 200)), 1);
  EXPECT_EQ(value(repeated("not frail ? 1 : ", 200) + "2"), 2);
  EXPECT_NE(problems(repeated("frail ? 1 : ", 201) + "2"), "");
}

TEST(Robust, LongChainsAreFine) {
  EXPECT_EQ(value(repeated("1 - - ", 10000) + "1"), 10001);
  EXPECT_EQ(value("burden" + repeated(" + burden", 7000)), 3500.5);
  EXPECT_EQ(value("grade" + repeated("-1", 30000)), -29997);
  EXPECT_EQ(value("burden" + repeated("*2/2", 15000)), 0.5);
  EXPECT_EQ(value("frail" + repeated(" and frail", 6000)), 1);
  EXPECT_EQ(value("not frail" + repeated(" or not frail", 4000)), 0);
  EXPECT_EQ(value("min(grade" + repeated(",burden", 9000) + ")"), 0.5);
  EXPECT_EQ(value(std::string(65535, ' ') + "7"), 7);
}

TEST(Robust, HostileTextIsRefusedQuickly) {
  const auto start = std::chrono::steady_clock::now();
  try_it(repeated("$", 65536));
  try_it(repeated("x ", 32768));
  try_it(repeated("burdn+", 10000) + "1");
  try_it(repeated("010+", 16000) + "1");
  try_it(repeated("sex==(frail?", 5000));
  try_it(std::string(65536, '9'));
  try_it("0." + std::string(65000, '0') + "1");
  try_it(std::string(65536, 'a'));
  try_it("1" + repeated(" per year", 7000));
  try_it("age" + repeated("*age", 16000));
  try_it(std::string(65536, '\0'));
  try_it(repeated("\xe2\x88\x92", 21000));
  try_it(repeated("'", 65536));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  EXPECT_LT(taken.count(), 5);  // [s]; some 20 ms without sanitizers
}

}  // namespace
}  // namespace sojourn::expression::testing
