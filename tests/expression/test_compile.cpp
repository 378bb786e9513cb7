// Folding: what is constant is computed once, and code depends only on what remains.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "example.hpp"
#include "expression/evaluate.hpp"

namespace sojourn::expression::testing {
namespace {

void expect_constant(const char* text, double wanted) {
  const Code code = compiled(text);
  EXPECT_TRUE(code.constant) << text;
  EXPECT_TRUE(code.instructions.empty()) << text;
  EXPECT_EQ(code.value, wanted) << text;
}

std::size_t length(const char* text) {
  return compiled(text).instructions.size();
}

TEST(Compile, FoldsParametersAndConstants) {
  expect_constant("hr * 4", 1);
  expect_constant("wait", 69 / 365.25);
  expect_constant("hr > 1 ? 1 / 0 : 2", 2);
  expect_constant("hr < 1 ? 3 : burden", 3);
  expect_constant("true ? 1 : burden", 1);
  expect_constant("false and frail", 0);
  expect_constant("frail and false", 0);
  expect_constant("frail or hr < 1", 1);
  expect_constant("in(nothing)", 0);
  expect_constant("frail ? 1 : 4 * hr", 1);
  expect_constant("max(hr, 1, 2)", 2);
}

TEST(Compile, DropsWhatDoesNothing) {
  EXPECT_EQ(length("burden * 1"), 0U);  // the attribute and no more
  EXPECT_EQ(length("1 * burden / 1"), 0U);
  EXPECT_EQ(compiled("1 * burden / 1").only_attribute, 1);
  EXPECT_EQ(length("true and frail"), 0U);
  EXPECT_EQ(length("false or frail or false"), 0U);
  EXPECT_EQ(length("hr > 1 ? burden : age / year"), 0U);  // age / 1
  EXPECT_EQ(length("(in(hsct) ? 4 * hr : 1) * burden"), 0U);
}

TEST(Compile, KeepsWhatMayMatter) {
  const Code code = compiled("0 * burden");
  EXPECT_FALSE(code.constant);  // burden may be infinite
  EXPECT_EQ(length("burden * 2"), 1U);
  EXPECT_EQ(length("frail ? 4.87 : 1"), 1U);  // attributes and constants are operands
  EXPECT_EQ(length("in(hsct) ? 4.87 * burden : 1"), 3U);
}

TEST(Compile, DependenciesAreOfWhatRemains) {
  const Dependencies all =
      compiled("frail and sex == male and in(hsct) and count(icans) > 1 and time_since(dead) > now").dependencies;
  EXPECT_EQ(all.attributes, (std::vector<AttributeId>{{2}, {4}}));
  EXPECT_EQ(all.marks, (std::vector<MarkId>{{4}, {5}}));
  EXPECT_TRUE(all.state);
  EXPECT_TRUE(all.time);
  const Dependencies few = compiled("hr > 1 ? burden * now / year : frail ? 2 : count(dead)").dependencies;
  EXPECT_EQ(few.attributes, (std::vector<AttributeId>{{4}}));
  EXPECT_EQ(few.marks, (std::vector<MarkId>{{4}}));
  EXPECT_FALSE(few.state);
  EXPECT_FALSE(few.time);
  EXPECT_TRUE(compiled("burden + burden + burden").dependencies.attributes.size() == 1);
}

TEST(Compile, StateSets) {
  const Code code = compiled("in(event_free) or in(dead) or in(event_free)");
  EXPECT_EQ(code.words_per_set, 1U);
  EXPECT_EQ(code.state_sets, (std::vector<std::uint64_t>{0b111, 0b10000}));
  Scope many = scope();
  for (int i = 0; i < 200; ++i) many.states.push_back("extra" + std::to_string(i));
  const auto wide = std::get<Expression>(parse("in(extra195)", many, std::nullopt, {}));
  const Code sets = compile(wide, parameter_values(), many.states.size());
  EXPECT_EQ(sets.words_per_set, 4U);
  for (std::int32_t state = -1; state < 300; ++state) {
    Patient patient;
    patient.state = state;
    EXPECT_EQ(evaluate(sets, patient.context()), state == 200 ? 1 : 0);
  }
}

TEST(Compile, FewRegisters) {
  std::string deep = "burden";
  for (int i = 0; i < 99; ++i) deep = "burden * (frail ? burden : burden + " + deep + ")";
  std::string balanced = "burden";
  for (int i = 0; i < 11; ++i) balanced = "(" + balanced + ") * (" + balanced + ")";
  std::string chain = "burden";
  while (chain.size() < 65000) chain += " + burden";
  for (const std::string& text : {deep, chain, balanced}) {
    EXPECT_FALSE(compiled(text).constant);
    for (const Instruction& i : compiled(text).instructions) EXPECT_LT(i.target, 14);
  }
}

TEST(Compile, RefusesWhatTheProgramGotWrong) {
  EXPECT_THROW((void)compile(Expression(), {}, 1), std::logic_error);
  EXPECT_THROW((void)compile(good("hr"), {}, 1), std::out_of_range);
  Scope many = scope();
  many.states.resize(100, "other");
  many.states.push_back("last");
  EXPECT_THROW((void)compile(std::get<Expression>(parse("in(last)", many, std::nullopt, {})), {}, 5),
               std::out_of_range);
}

}  // namespace
}  // namespace sojourn::expression::testing
