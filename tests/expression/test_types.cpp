// Types and the power of time.
#include <gtest/gtest.h>

#include "example.hpp"

namespace sojourn::expression::testing {
namespace {

std::string type_of(const char* text) {
  return describe(good(text).type());
}

TEST(Types, PowerOfTime) {
  EXPECT_EQ(type_of("age * rate"), "a number");
  EXPECT_EQ(type_of("age / wait"), "a number");
  EXPECT_EQ(type_of("burden / age"), "a rate");
  EXPECT_EQ(type_of("1 / rate"), "a time");
  EXPECT_EQ(type_of("age * wait"), "a time to the power 2");
  EXPECT_EQ(type_of("sqrt(age * wait)"), "a time");
  EXPECT_EQ(type_of("sqrt(rate / age)"), "a rate");
  EXPECT_EQ(type_of("age ^ 2"), "a time to the power 2");
  EXPECT_EQ(type_of("age ^ -1"), "a rate");
  EXPECT_EQ(type_of("age ^ +2"), "a time to the power 2");
  EXPECT_EQ(type_of("(age ^ 2) ^ 0.5"), "a time");
  EXPECT_EQ(type_of("pow(rate, -1)"), "a time");
  EXPECT_EQ(type_of("burden ^ hr"), "a number");
  EXPECT_EQ(type_of("-wait"), "a time");
  EXPECT_EQ(type_of("abs(age - 1 year)"), "a time");
  EXPECT_EQ(type_of("min(age, wait, 1 year)"), "a time");
  EXPECT_EQ(type_of("frail ? rate : 2 * rate"), "a rate");
  EXPECT_EQ(type_of("hr / month"), "a rate");
  EXPECT_EQ(type_of("hr per week"), "a rate");
  EXPECT_EQ(type_of("time_since(dead)"), "a time");
  EXPECT_EQ(type_of("count(dead)"), "a number");
  EXPECT_EQ(type_of("age / year"), "a number");
}

TEST(Types, OthersAreBooleansAndCategories) {
  EXPECT_EQ(type_of("age > wait"), "a boolean");
  EXPECT_EQ(type_of("frail == visited(dead)"), "a boolean");
  EXPECT_EQ(type_of("frail ? sex : male"), "one of female, male");
  EXPECT_EQ(describe(Type::category(std::make_shared<std::vector<std::string>>(10, "a"))),
            "one of a, a, a, a, a, a, a, a, ...");
}

TEST(Types, EqualLevelsAreComparableThoughNotTheSamePointer) {
  Scope two = scope();
  two.attributes.push_back({"partner", Type::category(std::make_shared<std::vector<std::string>>(
                                           std::vector<std::string>{"female", "male"}))});
  EXPECT_TRUE(std::holds_alternative<Expression>(parse("sex == partner", two, Type::boolean(), {})));
}

TEST(Types, WhatIsUsed) {
  const Expression e = good("hr * burden + p * burden + (frail ? hr : 1)");
  EXPECT_EQ(e.parameters_used(), (std::vector<ParameterId>{{0}, {3}}));
  EXPECT_EQ(e.attributes_used(), (std::vector<AttributeId>{{1}, {4}}));
  EXPECT_TRUE(Expression().parameters_used().empty());
  EXPECT_FALSE(static_cast<bool>(Expression()));
}

TEST(Types, Constant) {
  const Expression e = Expression::constant(0.5, Type::number(1));
  EXPECT_EQ(e.type().time_power, 1);
  EXPECT_EQ(compile(e, {}, 0).value, 0.5);
}

}  // namespace
}  // namespace sojourn::expression::testing
