// Rank correlations to a factor of latent normals: the sine against 50-digit arithmetic, the factor against its matrix,
// and what is said of correlations that cannot hold together.
#include <gtest/gtest.h>

#include "base/copula.hpp"
#include "base/elementary_sin.hpp"
#include "precise.hpp"

namespace sojourn::test {
namespace {

SquareMatrix ranks(std::size_t n, const std::vector<std::tuple<std::size_t, std::size_t, double>>& pairs) {
  SquareMatrix made(n);
  for (const auto& [i, j, rho] : pairs) made.at(i, j) = made.at(j, i) = rho;
  return made;
}

double product(const SquareMatrix& factor, std::size_t i, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < factor.size(); ++k) sum += factor.at(i, k) * factor.at(j, k);
  return sum;
}

void expect_factor(const SquareMatrix& correlations) {
  const auto factor = copula_factor(correlations);
  ASSERT_TRUE(factor.has_value());
  for (std::size_t i = 0; i < correlations.size(); ++i) {
    EXPECT_GT(factor->at(i, i), 0);
    for (std::size_t j = 0; j < correlations.size(); ++j) {
      EXPECT_EQ(j > i && factor->at(i, j) != 0, false);
      const double expected = i == j ? 1 : 2 * std::sin(M_PI * correlations.at(i, j) / 6);
      EXPECT_NEAR(product(*factor, i, j), expected, 4e-16) << i << ", " << j;
    }
  }
}

TEST(Copula, SineOfSmallAngles) {
  Inputs in(81);
  Largest worst;
  for (int i = 0; i < 20'000; ++i) {
    const double x = i % 2 == 0 ? in.between(-M_PI / 6, M_PI / 6) : in.log_between(1e-300, M_PI / 6);
    worst.see(ulp_error(sin_within_sixth_of_pi(x), sin(Precise(x))), x);
  }
  EXPECT_LE(worst.value, 0.6) << worst;
}

TEST(Copula, LatentCorrelation) {
  const Precise pi = 4 * atan(Precise(1));
  Largest worst;
  for (int i = -1000; i <= 1000; ++i) {
    const double rho = i / 1000.0;
    worst.see(relative_error(latent_correlation(rho), 2 * sin(pi * Precise(rho) / 6)), rho);
  }
  EXPECT_LE(worst.value, 3 * 0x1p-53) << worst;
  EXPECT_EQ(latent_correlation(0), 0);
  EXPECT_EQ(latent_correlation(-0.3), -latent_correlation(0.3));
}

TEST(Copula, FactorOfThree) {
  expect_factor(ranks(3, {{0, 1, 0.5}, {0, 2, -0.4}, {1, 2, 0.3}}));
  expect_factor(ranks(3, {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, 0.8}}));
}

TEST(Copula, FactorOfSix) {
  SquareMatrix wide(6);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      wide.at(i, j) = wide.at(j, i) = ((i + j) % 2 == 0 ? 0.7 : -0.7) / static_cast<double>(i - j);
    }
  }
  expect_factor(wide);
}

// Rows without correlations to earlier ones are those of the unit matrix.
TEST(Copula, IndependentRowsStayAsTheyAre) {
  const auto factor = copula_factor(ranks(5, {{0, 3, 0.5}, {1, 4, 0.25}}));
  ASSERT_TRUE(factor.has_value());
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 5; ++j) EXPECT_EQ(factor->at(i, j), i == j ? 1 : 0);
  }
  EXPECT_EQ(factor->at(3, 1), 0);
  EXPECT_EQ(factor->at(4, 0), 0);
  EXPECT_EQ(factor->at(4, 3), 0);
}

TEST(Copula, Contradictions) {
  // 1, 2 and 4 cannot hold together; 0 and 3 have nothing to do with it
  const auto wrong = ranks(5, {{0, 3, 0.5}, {1, 2, 0.9}, {2, 4, 0.9}, {1, 4, -0.5}, {0, 1, 0.1}});
  EXPECT_FALSE(copula_factor(wrong).has_value());
  EXPECT_EQ(contradiction(wrong), (std::vector<std::size_t>{1, 2, 4}));
  const double share = feasible_share(wrong);
  EXPECT_GT(share, 0.3);
  EXPECT_LT(share, 0.9);
  for (const double more : {0.0, 0.01}) {
    SquareMatrix scaled = wrong;
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j < 5; ++j) scaled.at(i, j) *= share + more;
    }
    EXPECT_EQ(copula_factor(scaled).has_value(), more == 0);
  }
  EXPECT_FALSE(copula_factor(ranks(2, {{0, 1, 1}})).has_value());
  EXPECT_TRUE(copula_factor(ranks(2, {{0, 1, 0.999999}})).has_value());
}

}  // namespace
}  // namespace sojourn::test
