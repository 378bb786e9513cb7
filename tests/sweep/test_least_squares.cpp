// The search for the least sum of squares, against minima that are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "sweep/least_squares.hpp"

namespace sojourn::sweep {
namespace {

using Values = std::vector<double>;
constexpr SearchRules fine{1e-7, 1e-16, 300};

LeastSquares found(const std::vector<SearchVariable>& variables, const Residuals& residuals, const SearchRules& rules) {
  auto made = least_squares(variables, residuals, rules);
  EXPECT_TRUE(made);
  return made.value_or(LeastSquares{});
}

TEST(LeastSquares, FindsTheRootOfLinearFunctions) {
  const auto residuals = [](const Values& x) -> std::optional<Values> {
    return Values{2 * x[0] + x[1] - 7, x[0] - 3 * x[1] + 7};
  };
  const LeastSquares made = found({{0, -10, 10}, {0, -10, 10}}, residuals, fine);
  EXPECT_NEAR(made.at[0], 2, 1e-7);
  EXPECT_NEAR(made.at[1], 3, 1e-7);
  EXPECT_LE(made.evaluations, 6);  // the start, two differences, a step, and what rounding asks for
}

// Three observations of a line through 0, by the normal equation: sum xy / sum xx.
TEST(LeastSquares, CompromisesWhereThereAreMoreFunctionsThanVariables) {
  const auto residuals = [](const Values& b) -> std::optional<Values> {
    return Values{b[0] * 1 - 1.1, b[0] * 2 - 1.8, b[0] * 3 - 3.3};
  };
  EXPECT_NEAR(found({{5, -10, 10}}, residuals, fine).at[0], (1.1 + 3.6 + 9.9) / 14, 1e-6);
}

// Of 300 linear problems of all sizes and scales, within bounds: at the minimum the slope of the sum of squares is 0,
// or points out of the bounds (Karush, Kuhn, Tucker).
TEST(LeastSquares, FindsTheMinimaOfLinearProblemsWithinBounds) {
  std::mt19937 random(681);
  std::normal_distribution<double> normal;
  for (int problem = 0; problem < 300; ++problem) {
    const std::size_t n = 1 + random() % 6, m = n + random() % 4;
    const double scale = std::pow(10.0, static_cast<double>(random() % 8) - 3);
    Values slopes, wanted;
    for (std::size_t i = 0; i < m * n; ++i) slopes.push_back(scale * normal(random));
    for (std::size_t i = 0; i < m; ++i) wanted.push_back(3 * scale * normal(random));
    const auto residuals = [&](const Values& x) -> std::optional<Values> {
      Values made(m);
      for (std::size_t i = 0; i < m; ++i) {
        made[i] = -wanted[i];
        for (std::size_t k = 0; k < n; ++k) made[i] += slopes[i * n + k] * x[k];
      }
      return made;
    };
    const Values at = found(std::vector<SearchVariable>(n, {0, -2, 2}), residuals, {0, 1e-13 * scale * scale, 300}).at;
    const Values left = *residuals(at);
    for (std::size_t k = 0; k < n; ++k) {
      double slope = 0, steepness = 0;
      for (std::size_t i = 0; i < m; ++i) {
        slope += slopes[i * n + k] * left[i];
        steepness += slopes[i * n + k] * slopes[i * n + k];
      }
      const double off = slope / steepness;  // how far the minimum along this variable is
      EXPECT_TRUE(at[k] < -2 + 1e-9 || off < 1e-4) << problem << ": " << off;
      EXPECT_TRUE(at[k] > 2 - 1e-9 || off > -1e-4) << problem << ": " << off;
    }
  }
}

// Rosenbrock's valley (Comput. J. 1960;3:175), whose only root is (1, 1).
TEST(LeastSquares, FollowsABentValley) {
  const auto residuals = [](const Values& x) -> std::optional<Values> {
    return Values{10 * (x[1] - x[0] * x[0]), 1 - x[0]};
  };
  const LeastSquares made = found({{-1.2, -5, 5}, {1, -5, 5}}, residuals, {1e-6, 1e-16, 300});
  EXPECT_NEAR(made.at[0], 1, 1e-5);
  EXPECT_NEAR(made.at[1], 1, 1e-5);
  EXPECT_LT(made.evaluations, 100);
}

TEST(LeastSquares, StopsAtTheBoundsAndMovesAlongThem) {
  const auto residuals = [](const Values& x) -> std::optional<Values> { return Values{x[0] - 5, x[0] + x[1] - 4}; };
  const LeastSquares made = found({{0, -2, 3}, {0, -2, 9}}, residuals, fine);
  EXPECT_DOUBLE_EQ(made.at[0], 3);
  EXPECT_NEAR(made.at[1], 1, 1e-6);
}

// Counts of 1,000 patients: steps of a thousandth. Wanted is one of the steps, and it is hit to the last patient.
TEST(LeastSquares, HitsOneStepOfARoughFunction) {
  for (const double wanted : {0.2, 0.503, 0.7, 0.951}) {
    const auto residuals = [&](const Values& x) -> std::optional<Values> {
      return Values{(std::floor(1000 * std::exp(-std::exp(x[0] / 10))) / 1000 - wanted) / 0.0001};
    };
    const LeastSquares made = found({{-20, -50, 20}}, residuals, {0.1, 0.001, 60});
    EXPECT_NEAR((*residuals(made.at))[0], 0, 1e-9) << wanted;
  }
}

TEST(LeastSquares, KeepsOutOfWhereThereAreNoValues) {
  const auto residuals = [](const Values& x) -> std::optional<Values> {
    return x[0] > 4.5 ? std::nullopt : std::optional(Values{x[0] * x[0] - 16});
  };
  EXPECT_NEAR(found({{0.5, -1, 9}}, residuals, fine).at[0], 4, 1e-6);
  EXPECT_NEAR(found({{5, -1, 9}}, residuals, fine).at[0], 4, 1e-6);  // from the middle
  EXPECT_FALSE(least_squares({{7, 5, 9}}, residuals, fine));
}

TEST(LeastSquares, LeavesAloneWhatNothingDependsOn) {
  const auto residuals = [](const Values& x) -> std::optional<Values> { return Values{x[0] - 1}; };
  EXPECT_DOUBLE_EQ(found({{0, -5, 5}, {2, -5, 5}}, residuals, fine).at[1], 2);
}

TEST(LeastSquares, EndsWhenItMay) {
  int asked = 0;
  const auto residuals = [&](const Values& x) -> std::optional<Values> {
    ++asked;
    return Values{std::sin(37 * x[0]) + 2, std::cos(29 * x[1]) + 2};
  };
  const LeastSquares made = found({{0, -5, 5}, {0, -5, 5}}, residuals, {1e-9, 0, 40});
  EXPECT_EQ(made.evaluations, asked);
  EXPECT_LE(asked, 4 * (40 + 2));  // from four starts; one round of differences may be under way
  EXPECT_NE(made.ended, Ended::goal);
}

// Counts of 1,000 patients who at most starts are all alive, or all dead: only a long step shows that anything changes.
TEST(LeastSquares, FindsItsWayFromWhereNothingChanges) {
  for (const double start : {-60.0, -40.0, -20.0, 0.0, 20.0, 40.0}) {
    const auto residuals = [&](const Values& x) -> std::optional<Values> {
      return Values{(std::floor(1000 * std::exp(-std::exp(x[0] / 10))) / 1000 - 0.5) / 0.02};
    };
    const LeastSquares made = found({{start, -100, 50}}, residuals, {0.1, 0.001, 40});
    EXPECT_LE(std::abs((*residuals(made.at))[0]), 0.1) << start;
    EXPECT_EQ(made.ended, Ended::goal) << start;
  }
}

// Two valleys, near -4 and at 4: only the second is a root, and the start is in the first.
TEST(LeastSquares, BeginsElsewhereWhereItEndsFarOff) {
  const auto residuals = [](const Values& x) -> std::optional<Values> {
    return Values{x[0] * x[0] - 16, 2 * (x[0] - 4)};
  };
  const LeastSquares made = found({{-6, -9, 9}}, residuals, fine);
  EXPECT_NEAR(made.at[0], 4, 1e-5);
}

TEST(LeastSquares, LooksOnceWhereTheStartIsTheGoal) {
  const auto residuals = [](const Values& x) -> std::optional<Values> { return Values{x[0] - 1, x[1] - 2}; };
  EXPECT_EQ(found({{1, -5, 5}, {2, -5, 5}}, residuals, fine).evaluations, 1);
}

}  // namespace
}  // namespace sojourn::sweep
