// Laws that are made from lists and from other laws: what is refused, the steps of a curve, units, limits of
// parameters.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "distributions/tables.hpp"
#include "oracle.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();

Law made(const char* family, std::vector<double> values) {
  return std::get<Law>(lower(find_family(family).value(), 0, values));
}

TEST(GeneralizedGamma, OfQZeroIsTheLognormalToTheBit) {
  const Law zero = made("generalized_gamma", {1, 0.8, 0}), normal = made("lognormal", {1, 0.8});
  const Law f = made("generalized_f", {1, 0.8, 0, 0});
  for (const double e : {1e-12, 0.3, 1.0, 40.0}) {
    EXPECT_EQ(time_of(zero, e), time_of(normal, e));
    EXPECT_EQ(time_of(f, 1.5, e), time_of(normal, 1.5, e));
  }
}

// Odd in Q to first order: the mean of both signs is the lognormal up to Q^2.
TEST(GeneralizedGamma, GoesOverIntoTheLognormal) {
  const Law normal = made("lognormal", {0, 1});
  for (const double q : {1e-3, 1e-6, 1e-9, 1e-13}) {
    const Law above = made("generalized_gamma", {0, 1, q}), below = made("generalized_gamma", {0, 1, -q});
    for (const double t : {0.01, 0.4, 1.0, 3.0, 50.0}) {
      const double h = cumulative_hazard(normal, t), h_above = cumulative_hazard(above, t);
      EXPECT_NEAR(0.5 * (h_above + cumulative_hazard(below, t)) / h, 1, 200 * q * q + 1e-13) << q << " " << t;
      EXPECT_LT(std::abs(h_above / h - 1), 100 * q + 1e-13) << q << " " << t;
    }
  }
}

TEST(GeneralizedGamma, NearZeroAgainstFiftyDigits) {
  for (const double q : {2e-3, -2e-3, 0.0199, 0.0201, -0.0199}) {
    Case one;
    one.family = "generalized_gamma";
    one.values = {0, 1, q};
    one.law = made("generalized_gamma", one.values);
    for (const double t : {0.02, 0.9, 1.0, 4.0, 80.0}) {
      EXPECT_LT(relative_error_of(one, 0, t, cumulative_hazard(one.law, t)), 4e-13) << q << " " << t;
    }
  }
}

TEST(GeneralizedGamma, SpecialCases) {  // Q = 1: Weibull; Q = sigma: gamma; Q = -1: inverse Weibull
  const Law weibull = made("generalized_gamma", {std::log(3.0), 0.5, 1}), gamma = made("generalized_gamma", {0, 2, 2});
  for (const double t : {0.2, 1.0, 7.0}) {
    EXPECT_NEAR(cumulative_hazard(weibull, t) / cumulative_hazard(made("weibull", {2, 3}), t), 1, 1e-13);
    EXPECT_NEAR(cumulative_hazard(gamma, t) / cumulative_hazard(made("gamma", {0.25, 0.25}), t), 1, 1e-13);
    const double inverse = -std::log1p(-std::exp(-std::pow(t / 3, -2)));
    EXPECT_NEAR(cumulative_hazard(made("generalized_gamma", {std::log(3.0), 0.5, -1}), t) / inverse, 1, 1e-12);
  }
}

TEST(GeneralizedF, OfSmallPIsNearTheGeneralizedGamma) {
  const Law f = made("generalized_f", {1, 0.8, 0.5, 1e-6}), gamma = made("generalized_gamma", {1, 0.8, 0.5});
  for (const double t : {0.5, 2.0, 6.0}) EXPECT_NEAR(cumulative_hazard(f, t) / cumulative_hazard(gamma, t), 1, 1e-5);
}

std::string problem(const char* family, std::vector<double> values) {
  const auto result = lower(find_family(family).value(), 0, values);
  const auto* found = std::get_if<LowerProblem>(&result);
  return found == nullptr ? "" : std::to_string(found->parameter) + ": " + found->problem;
}

TEST(Problems, OfTheGeneralizedFamilies) {
  EXPECT_EQ(problem("generalized_gamma", {0, 1, 31}), "2: Q is outside -30 to 30");
  EXPECT_EQ(problem("generalized_gamma", {0, 0, 1}), "1: sigma must be greater than 0");
  EXPECT_EQ(problem("generalized_f", {0, 1, 0, -1}), "3: P must not be negative");
  EXPECT_EQ(problem("generalized_f", {0, 1, 0, 1e-8}), "3: P lies between 0 and 0.000001");
  EXPECT_EQ(problem("generalized_f", {0, 1, 40, 0}), "2: Q is outside -30 to 30");
}

const std::vector<double> times = {0.25, 1, 4}, survival = {0.9, 0.5, 0.2};

TEST(Steps, AreAtoms) {
  const auto table = step_table(times, survival);
  const Law law = tabulated_law(table, 0);
  EXPECT_TRUE(has_steps(law));
  EXPECT_FALSE(is_atom(law));
  EXPECT_EQ(cumulative_hazard(law, 0.2499), 0);
  EXPECT_NEAR(cumulative_hazard(law, 0.25), -std::log(0.9), 1e-16);
  EXPECT_EQ(time_of(law, 0.1), 0.25);
  EXPECT_EQ(time_of(law, 0.2), 1);
  EXPECT_EQ(time_of(law, 1.7), infinite);
  EXPECT_EQ(time_of(law, 1.0, 0.9), 4);  // the step at 1 is past
  EXPECT_EQ(time_of(law, 0.5, 0.58), 1);
  EXPECT_EQ(next_step(law, 0), 0.25);
  EXPECT_EQ(next_step(law, 1), 4);
  EXPECT_EQ(next_step(law, std::nextafter(1.0, 0)), 4);  // the rounding of a clock brings no step twice
  EXPECT_EQ(next_step(law, 4), infinite);
}

TEST(Steps, GoOnAsStated) {
  const auto table = step_table(times, survival);
  const Law law = tabulated_law(table, 0.5);
  EXPECT_NEAR(time_of(law, -std::log(0.2) + 1), 6, 1e-14);
  EXPECT_NEAR(cumulative_hazard_between(law, 4, 7), 1.5, 1e-15);
  EXPECT_NEAR(time_of(law, 5.0, 1.0), 7, 1e-14);
  EXPECT_EQ(hazard(law, 3), 0);
  EXPECT_EQ(hazard(law, 5), 0.5);
  EXPECT_NEAR(last_hazard(times, survival), std::log(0.5 / 0.2) / 3, 1e-15);
}

TEST(Curve, JoinedGoesThroughItsPoints) {
  const Rates joined = joined_curve(times, survival, last_hazard(times, survival));
  const auto storage = piecewise_table(joined.breaks, joined.rates);
  Law law;
  law.family = find_family("piecewise_exponential").value();
  law.table = storage;
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(std::exp(-cumulative_hazard(law, times[i])), survival[i], 1e-15);
  }
  EXPECT_NEAR(std::exp(-cumulative_hazard(law, 7)), 0.2 * 0.4, 1e-15);
}

TEST(Curve, WhatIsNoCurve) {
  const auto text = [](std::vector<double> t, std::vector<double> s) {
    const auto found = curve_problem(t, s);
    return found ? std::to_string(found->parameter) + ": " + found->problem : "";
  };
  EXPECT_EQ(text({0, 1}, {1, 0}), "");
  EXPECT_EQ(text({1, 1}, {0.5, 0.4}), "1: the times of a curve must rise");
  EXPECT_EQ(text({1, 2}, {0.5, 0.6}), "1: the survival rises from 0.5 to 0.6");
  EXPECT_EQ(text({1}, {98}), "0: a survival of 98 is no probability");
  EXPECT_EQ(text({0}, {0.9}), "0: the survival at time 0 is 0.9");
  EXPECT_EQ(text({1, 2}, {0, 0}), "1: the curve goes on after a survival of 0");
  EXPECT_EQ(text({-1}, {0.9}), "0: a time of a curve is negative or infinite");
  EXPECT_NE(text({}, {}), "");
}

TEST(Spline, IsTheSameInAnyUnit) {
  const std::vector<double> gamma = {-5, 1.7, 0.02, 0.01}, knots = {1, 2.5, 3, 4};  // log months
  std::vector<double> in_years = knots, shifted = gamma;
  for (double& k : in_years) k -= std::log(12);
  shifted[0] += gamma[1] * std::log(12);
  const auto a = std::get<std::vector<double>>(spline_table(gamma, knots, SplineTime::log, 1.0 / 12));
  const auto b = std::get<std::vector<double>>(spline_table(shifted, in_years, SplineTime::log, 1));
  const Law first = spline_law(a, SplineScale::odds, SplineTime::log);
  const Law second = spline_law(b, SplineScale::odds, SplineTime::log);
  const std::vector<double> gamma_t = {-3, 0.1, 1e-4}, knots_t = {1, 10, 40};  // months
  const auto c = std::get<std::vector<double>>(spline_table(gamma_t, knots_t, SplineTime::identity, 1.0 / 12));
  const Law third = spline_law(c, SplineScale::hazard, SplineTime::identity);
  for (const double t : {0.1, 1.0, 9.0}) {
    EXPECT_NEAR(cumulative_hazard(first, t) / cumulative_hazard(second, t), 1, 1e-13);
    const double m = 12 * t, share = 30.0 / 39.0;
    const auto cube = [](double x) { return x > 0 ? x * x * x : 0; };
    const double s = -3 + 0.1 * m + 1e-4 * (cube(m - 10) - share * cube(m - 1) - (1 - share) * cube(m - 40));
    EXPECT_NEAR(cumulative_hazard(third, t) / std::exp(s), 1, 1e-12) << t;
  }
}

TEST(Spline, OfTwoKnotsIsWeibullLoglogisticOrLognormal) {
  const auto table = std::get<std::vector<double>>(
      spline_table(std::array{-std::log(3.0) * 1.5, 1.5}, std::array{-1.0, 2.0}, SplineTime::log, 1));
  const Law normal = made("lognormal", {std::log(3.0), 1 / 1.5});
  for (const double t : {0.2, 1.0, 3.0, 20.0}) {
    const auto h = [&](SplineScale scale) { return cumulative_hazard(spline_law(table, scale, SplineTime::log), t); };
    EXPECT_NEAR(h(SplineScale::hazard) / cumulative_hazard(made("weibull", {1.5, 3}), t), 1, 1e-13);
    EXPECT_NEAR(h(SplineScale::odds) / cumulative_hazard(made("loglogistic", {1.5, 3}), t), 1, 1e-13);
    EXPECT_NEAR(h(SplineScale::normal) / cumulative_hazard(normal, t), 1, 1e-13);
  }
}

TEST(Spline, WhatIsNoDistribution) {
  const auto text = [](std::vector<double> gamma, std::vector<double> knots, SplineTime time) {
    const auto result = spline_table(gamma, knots, time, 1);
    const auto* found = std::get_if<LowerProblem>(&result);
    return found == nullptr ? "" : std::to_string(found->parameter) + ": " + found->problem;
  };
  EXPECT_EQ(text({0, 1, 3}, {0, 1, 2}, SplineTime::log), "0: the spline falls after this knot");
  EXPECT_EQ(text({0, -1}, {0, 1}, SplineTime::log), "0: the spline does not rise before the first knot");
  EXPECT_EQ(text({0, 1}, {1, 1}, SplineTime::log), "1: the knots must rise");
  EXPECT_NE(text({0, 1}, {0, 1, 2}, SplineTime::log), "");
  EXPECT_NE(text({0, std::nan("")}, {0, 1}, SplineTime::log), "");
}

// So early that of the whole family next to nothing (exp(-100)) lies before max: there H is c s^40 but for a few e-4.
TEST(Truncated, FarBelowTheMiddle) {
  const std::vector<Law> whole = {made("gamma", {40, 1e-3})};
  const Law law = std::get<Law>(truncated_law(whole, 0, 1));
  for (const double e : {0.5, 1.5, 3.0, 5.0, 10.0, 20.0}) {
    EXPECT_NEAR(time_of(law, e), std::pow(-std::expm1(-e), 1.0 / 40), 1e-4 * std::exp(-e)) << e;
    EXPECT_NEAR(cumulative_hazard(law, time_of(law, e)), e, 1e-12 * e + 1e-15 * std::exp(e)) << e;
  }
}

TEST(Truncated, WithoutAMaximumEndsAsTheFamilyDoes) {
  const std::vector<Law> whole = {made("gompertz", {-0.2, 0.3})};
  const Law law = std::get<Law>(truncated_law(whole, 2, infinite));
  EXPECT_NEAR(cumulative_hazard(law, infinite), 1.5 * std::exp(-0.4), 1e-15);
  EXPECT_EQ(time_of(law, 1.01), infinite);
}

TEST(Mixture, OfEqualPartsIsThePart) {
  const std::vector<Law> parts(3, made("gompertz", {0.3, 0.1}));
  const auto table = std::get<std::vector<double>>(mixture_table(std::array{1.0, 2.0, 5.0}));
  const Law mixture = mixture_law(table, parts);
  for (const double e : {1e-10, 0.4, 9.0}) {
    EXPECT_NEAR(time_of(mixture, e) / time_of(parts[0], e), 1, 1e-14);
    EXPECT_NEAR(time_of(mixture, 2.0, e) / time_of(parts[0], 2.0, e), 1, 1e-14);
  }
}

TEST(Mixture, WithNeverIsAMixtureCure) {
  const std::vector<Law> parts = {made("never", {}), made("exponential", {0.7})};
  const auto table = std::get<std::vector<double>>(mixture_table(std::array{0.3, 0.7}));
  const Law mixture = mixture_law(table, parts);
  EXPECT_NEAR(std::exp(-cumulative_hazard(mixture, 1e9)), 0.3, 1e-15);
  EXPECT_EQ(time_of(mixture, 1.3), infinite);  // -log 0.3 = 1.204
  EXPECT_NEAR(std::exp(-cumulative_hazard(mixture, time_of(mixture, 1.2))), std::exp(-1.2), 1e-14);
}

// At 20 the share of the first class is exp(-1054), 0 in double precision; at 100,000 everybody is of it.
TEST(Mixture, AClassWithNextToNobodyIsTheOneThatLasts) {
  const std::vector<Law> parts = {made("lognormal", {-2, 0.1}), made("exponential", {10})};
  const auto table = std::get<std::vector<double>>(mixture_table(std::array{0.5, 0.5}));
  const Law mixture = mixture_law(table, parts);
  const double rise = cumulative_hazard(parts[0], 1e5) - cumulative_hazard(parts[1], 20);  // - log 0.5 at both
  EXPECT_NEAR(cumulative_hazard_between(mixture, 20, 1e5) / rise, 1, 1e-14);
  EXPECT_NEAR(time_of(mixture, 20.0, rise) / 1e5, 1, 1e-13);
}

TEST(Mixture, WhatIsNone) {
  EXPECT_TRUE(std::holds_alternative<LowerProblem>(mixture_table({})));
  EXPECT_TRUE(std::holds_alternative<LowerProblem>(mixture_table(std::array{0.5, 0.0})));
  EXPECT_TRUE(std::holds_alternative<LowerProblem>(mixture_table(std::array{0.5, infinite})));
}

TEST(Truncated, StaysInside) {
  const Law whole = made("weibull", {1.2, 3});
  const Law law = std::get<Law>(truncated_law(std::span(&whole, 1), 1, 4));
  for (const double e : {1e-14, 0.1, 2.0, 36.0, 500.0}) {
    EXPECT_GE(time_of(law, e), 1);
    EXPECT_LE(time_of(law, e), 4);
    EXPECT_LE(time_of(law, 3.0, e), 4);
  }
  EXPECT_EQ(time_of(law, 4.5, 1.0), infinite);
  EXPECT_TRUE(std::holds_alternative<LowerProblem>(truncated_law(std::span(&whole, 1), 4, 4)));
  const Law never = made("never", {});
  EXPECT_TRUE(std::holds_alternative<LowerProblem>(truncated_law(std::span(&never, 1), 1, 4)));
}

}  // namespace
}  // namespace sojourn::test
