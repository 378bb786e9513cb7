// Gamma, incomplete gamma and incomplete beta functions against 50-digit arithmetic.
#include <gtest/gtest.h>

#include "base/special.hpp"
#include "precise_special.hpp"

namespace sojourn::test {
namespace {

constexpr double unit = 0x1p-53;
const std::array<double, 13> shapes = {0.001, 0.02, 0.3, 0.5, 0.999, 1, 1.5, 2, 7.3, 40, 300, 1e4, 1e6};

TEST(LogGamma, RelativeErrorAlsoNearItsZeros) {
  Inputs in(31);
  Largest worst;
  for (int i = 0; i < 3000; ++i) {
    const double x = i % 3 == 0   ? in.log_between(1e-300, 1e300)
                     : i % 3 == 1 ? in.between(0.01, 20)
                                  : in.near_point(i % 2 == 0 ? 1 : 2, 1e-14, 0.5);
    worst.see(relative_error(log_gamma(x), boost::math::lgamma(Precise(x))) / unit, x);
  }
  EXPECT_LE(worst.value, 5) << worst;
  EXPECT_EQ(log_gamma(1.0), 0.0);
  EXPECT_EQ(log_gamma(2.0), 0.0);
  EXPECT_EQ(log_gamma(0.0), infinity);
  EXPECT_EQ(log_gamma(infinity), infinity);
  EXPECT_TRUE(std::isnan(log_gamma(-0.5)));
}

TEST(LogGamma, WhatIsLeftAfterStirling) {
  Inputs in(32);
  Largest worst;
  for (int i = 0; i < 1000; ++i) {
    const double x = in.log_between(1e-6, 1e9);
    const Precise exact =
        boost::math::lgamma(Precise(x)) - ((Precise(x) - 0.5) * log(Precise(x)) - x + log(precise_root_two_pi()));
    worst.see(
        std::abs(static_cast<double>(gamma_remainder(x) - exact)) / unit / std::max(1.0, static_cast<double>(exact)),
        x);
  }
  EXPECT_LE(worst.value, 100) << worst;
}

// H of points all over the distribution: z from -8 to 40 by Wilson and Hilferty, and far out
TEST(IncompleteGamma, CumulativeHazard) {
  Inputs in(33);
  Largest worst;
  for (const double a : shapes) {
    const GammaShape shape = gamma_shape(a);
    for (int i = 0; i < (a > 1e3 ? 12 : 60); ++i) {
      const double h = i % 2 == 0 ? in.log_between(1e-16, 700) : in.log_between(0.01, 1e6);
      const double x = gamma_quantile_of_hazard(shape, h);
      if (x < 1e-290 || (a > 1e3 && x > 3 * a)) continue;
      worst.see(relative_error(gamma_hazards(shape, x).cumulative, precise_gamma_hazard(a, x)), a, x);
    }
  }
  EXPECT_LE(worst.value, 6e-14) << worst;
}

TEST(IncompleteGamma, HazardIsTheDerivative) {
  Inputs in(34);
  Largest worst;
  for (const double a : shapes) {
    if (a > 1e3) continue;
    const GammaShape shape = gamma_shape(a);
    for (int i = 0; i < 25; ++i) {
      const double x = gamma_quantile_of_hazard(shape, in.log_between(1e-10, 500));
      if (x < 1e-290) continue;
      const Precise log_density = (Precise(a) - 1) * log(Precise(x)) - x - boost::math::lgamma(Precise(a));
      const Precise exact = exp(log_density + precise_gamma_hazard(a, x));
      worst.see(relative_error(gamma_hazards(shape, x).hazard, exact), a, x);
    }
  }
  EXPECT_LE(worst.value, 6e-14) << worst;
}

TEST(IncompleteGamma, Inverse) {
  Inputs in(35);
  Largest worst;
  for (const double a : shapes) {
    const GammaShape shape = gamma_shape(a);
    for (int i = 0; i < (a > 1e3 ? 12 : 60); ++i) {
      const double h = i % 2 == 0 ? in.log_between(1e-16, 1e6) : in.log_between(0.01, 50);
      const double x = gamma_quantile_of_hazard(shape, h);
      if (x < 1e-290) continue;
      const HazardPair<double> at = gamma_hazards(shape, x);
      // beyond what one unit of x and four of H are worth
      worst.see(std::abs(at.cumulative - h) / (1e-13 * h + 2 * unit * x * at.hazard), a, h);
    }
  }
  EXPECT_LE(worst.value, 1) << worst;
}

TEST(IncompleteGamma, QuantileOfAProbability) {
  EXPECT_NEAR(gamma_quantile(1.0, 0.5), 0.6931471805599453, 1e-15);
  EXPECT_NEAR(gamma_quantile(2.0, 0.95), 4.7438645183905773, 2e-15);
  EXPECT_EQ(gamma_quantile(2.0, 0.0), 0.0);
  EXPECT_EQ(gamma_quantile(2.0, 1.0), infinity);
}

TEST(IncompleteBeta, BothTails) {
  Inputs in(36);
  Largest worst;
  for (const double a : {0.01, 0.5, 1.0, 2.5, 30.0, 2000.0}) {
    for (const double b : {0.02, 0.7, 1.0, 4.0, 100.0}) {
      const BetaShape shape = beta_shape(a, b);
      for (int i = 0; i < 12; ++i) {
        const double x = in.log_between(1e-12, 0.8), y = 1 - x;
        const Precise below = precise_beta(a, b, x, 1 - Precise(x));
        if (below < 1e-280) continue;
        const BetaParts<double> parts = incomplete_beta(shape, x, y);
        worst.see(relative_error(parts.below, below), a, b);
      }
    }
  }
  EXPECT_LE(worst.value, 2e-13) << worst;
}

TEST(IncompleteBeta, Inverse) {
  Inputs in(37);
  Largest worst;
  for (const double a : {0.05, 0.5, 1.0, 2.5, 30.0, 2000.0}) {
    for (const double b : {0.07, 0.7, 1.0, 4.0, 100.0}) {
      const BetaShape shape = beta_shape(a, b);
      for (int i = 0; i < 20; ++i) {
        const double p = in.between(0, 1), x = beta_quantile(shape, p);
        if (x < 1e-290 || x > 1 - 1e-13) continue;
        const BetaParts<double> at = incomplete_beta(shape, x, 1 - x);
        const double slope = at.density / (x * (1 - x));
        worst.see(std::abs(at.below - p) / (1e-13 + 4 * unit * slope * x), a, b);
      }
    }
  }
  EXPECT_LE(worst.value, 1) << worst;
  EXPECT_EQ(beta_quantile(2.0, 3.0, 0.0), 0.0);
  EXPECT_EQ(beta_quantile(2.0, 3.0, 1.0), 1.0);
  EXPECT_NEAR(beta_quantile(1.0, 1.0, 0.3), 0.3, 1e-15);
  EXPECT_NEAR(beta_quantile(2.0, 3.0, 0.5), 0.38572756813238945, 1e-14);
  EXPECT_TRUE(std::isnan(beta_quantile(2.0, 3.0, not_a_number)));
}

}  // namespace
}  // namespace sojourn::test
