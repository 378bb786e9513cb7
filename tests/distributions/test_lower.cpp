// Families as users name them: their forms, what each is lowered to, and what is refused.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "distributions/tables.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;

std::variant<Law, LowerProblem> lowered(const char* family, int form, std::vector<double> values) {
  return lower(find_family(family).value(), form, values);
}
Law made(const char* family, int form, std::vector<double> values) {
  return std::get<Law>(lowered(family, form, values));
}
std::string problem(const char* family, int form, std::vector<double> values) {
  const auto result = lowered(family, form, values);
  const auto* found = std::get_if<LowerProblem>(&result);
  return found == nullptr ? "" : std::to_string(found->parameter) + ": " + found->problem;
}
double median(const Law& law) {
  return time_of(law, 0x1.62e42fefa39efp-1);
}

TEST(Families, ListIsComplete) {
  std::set<std::string_view> names;
  for (const FamilyInfo& info : families()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name << " twice";
    EXPECT_FALSE(info.formula.empty()) << info.name;
    EXPECT_FALSE(info.source.empty()) << info.name;
    EXPECT_EQ(info.given_by == GivenBy::parameters, !info.forms.empty()) << info.name;
    EXPECT_EQ(info.odds_ratio, info.name == "loglogistic");
    EXPECT_EQ(info.scales, info.name != "fixed" && info.name != "uniform");
    EXPECT_EQ(&families()[find_family(info.name).value()], &info);
    for (const ParameterForm& form : info.forms) {
      for (const ParameterInfo& parameter : form.parameters) EXPECT_FALSE(parameter.meaning.empty()) << info.name;
    }
  }
  EXPECT_EQ(find_family("weibul"), std::nullopt);
}

TEST(Forms, MedianIsTheMedian) {
  EXPECT_NEAR(median(made("exponential", 2, {3})), 3, 1e-15);
  EXPECT_NEAR(median(made("weibull", 1, {0.7, 3})), 3, 2e-15);
  EXPECT_NEAR(median(made("lognormal", 1, {3, 0.8})), 3, 2e-15);
  EXPECT_NEAR(median(made("loglogistic", 0, {1.4, 3})), 3, 1e-15);
  EXPECT_NEAR(median(made("loglogistic", 1, {1.4, 3})), 3, 1e-15);
}

TEST(Forms, MeanIsTheMean) {
  EXPECT_EQ(made("exponential", 1, {4}).c[0], 0.25);
  EXPECT_NEAR(made("lognormal", 2, {4, 0.5}).c[0], std::log(4.0) - 0.125, 1e-15);
  EXPECT_EQ(made("gamma", 1, {3, 1.5}).c[1], 2);
}

TEST(Forms, ProbabilityWithinATime) {
  const Law law = made("exponential", 3, {0.2, 0.5});
  EXPECT_NEAR(-std::expm1(-cumulative_hazard(law, 0.5)), 0.2, 1e-16);
  EXPECT_EQ(made("exponential", 3, {0, 0.5}).c[0], 0);
}

TEST(Forms, WeibullPhIsWeibullInOtherWords) {
  const Law ph = made("weibull_ph", 0, {1.3, 0.2}), aft = made("weibull", 0, {1.3, std::pow(0.2, -1 / 1.3)});
  for (const double t : {0.1, 1.0, 5.0}) EXPECT_NEAR(cumulative_hazard(ph, t), cumulative_hazard(aft, t), 1e-14);
}

TEST(Problems, NameTheParameter) {
  EXPECT_EQ(problem("weibull", 0, {0, 1}), "0: shape must be greater than 0");
  EXPECT_EQ(problem("weibull", 0, {1, -1}), "1: scale must be greater than 0");
  EXPECT_EQ(problem("exponential", 0, {-0.1}), "0: rate must not be negative");
  EXPECT_EQ(problem("exponential", 3, {1.1, 1}), "0: probability must lie between 0 and 1");
  EXPECT_EQ(problem("exponential", 3, {1, 1}), "0: the probability is 1");
  EXPECT_EQ(problem("uniform", 0, {2, 2}), "1: max is not greater than min");
  EXPECT_EQ(problem("gompertz", 0, {std::nan(""), 1}), "0: shape is not a finite number");
  EXPECT_EQ(problem("lognormal", 0, {0, INFINITY}), "1: sdlog is not a finite number");
  EXPECT_EQ(problem("weibull", 0, {1e-320, 1}), "0: the shape is too small");
  EXPECT_EQ(problem("gamma", 0, {1e-9, 1}), "0: the shape is outside 0.001 to 100000000");
  EXPECT_NE(problem("weibull", 1, {1e-4, 1}), "");  // the scale overflows
  EXPECT_EQ(problem("weibull", 0, {1}), "0: wrong number of parameters");
  EXPECT_NE(problem("life_table", 0, {}), "");
}

TEST(Problems, NegativeGompertzShapeAndZeroRateAreAllowed) {
  EXPECT_EQ(problem("gompertz", 0, {-0.3, 1}), "");
  EXPECT_EQ(problem("exponential", 0, {0}), "");
  EXPECT_EQ(time_of(made("exponential", 0, {0}), 1.0), std::numeric_limits<double>::infinity());
}

// hesim looked up the wrong interval here and said 3
TEST(PiecewiseTable, RatesTwoThenOne) {
  const auto storage = piecewise_table(std::array{0.0, 1.0}, std::array{2.0, 1.0});
  Law law;
  law.family = find_family("piecewise_exponential").value();
  law.table = storage;
  EXPECT_EQ(cumulative_hazard(law, 1.5), 2.5);
  EXPECT_EQ(cumulative_hazard(law, 1.0), 2.0);
  EXPECT_EQ(hazard(law, 1.0), 1.0);
  EXPECT_EQ(time_of(law, 2.5), 1.5);
  EXPECT_EQ(time_of(law, 2.0), 1.0);
  EXPECT_EQ(time_of(law, 0.5, 1.5), 1.5);
}

TEST(PiecewiseTable, RefusesWhatIsNoTable) {
  EXPECT_THROW((void)piecewise_table({}, {}), std::invalid_argument);
  EXPECT_THROW((void)piecewise_table(std::array{0.0, 1.0}, std::array{1.0}), std::invalid_argument);
  EXPECT_THROW((void)piecewise_table(std::array{0.5}, std::array{1.0}), std::invalid_argument);
  EXPECT_THROW((void)piecewise_table(std::array{0.0, 0.0}, std::array{1.0, 1.0}), std::invalid_argument);
  EXPECT_THROW((void)piecewise_table(std::array{0.0}, std::array{-1.0}), std::invalid_argument);
  EXPECT_THROW((void)piecewise_table(std::array{0.0}, std::array{std::nan("")}), std::invalid_argument);
}

TEST(Fixed, IsAnAtom) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const Law law = made("fixed", 0, {2.5});
  EXPECT_TRUE(is_atom(law));
  EXPECT_FALSE(is_atom(made("never", 0, {})));
  EXPECT_EQ(cumulative_hazard(law, 2.4999), 0);
  EXPECT_EQ(cumulative_hazard(law, 2.5), infinite);
  for (const double e : {1e-16, 1.0, 1e3}) {
    EXPECT_EQ(time_of(law, e), 2.5);
    EXPECT_EQ(time_of(law, 1.0, e), 2.5);
    EXPECT_EQ(time_of(law, 2.5, e), 2.5);
    EXPECT_EQ(time_of(law, 2.6, e), infinite);
  }
}

}  // namespace
}  // namespace sojourn::test
