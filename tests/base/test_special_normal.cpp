// The normal distribution against 50-digit arithmetic. Bounds in units of 2^-53 of the value (relative).
#include <gtest/gtest.h>

#include "base/special.hpp"
#include "precise_special.hpp"

namespace sojourn::test {
namespace {

constexpr int repeats = 3000;
constexpr double unit = 0x1p-53;

double some_z(Inputs& in, int i) {
  if (i % 4 == 0) return in.between(-37.4, 40);
  if (i % 4 == 1) return in.between(-3, 3);
  if (i % 4 == 2) return in.log_between(1, 1e6);
  return in.near_point(0, 1e-12, 1);
}

TEST(Normal, CumulativeHazard) {
  Inputs in(21);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double z = some_z(in, i);
    worst.see(relative_error(normal_cumulative_hazard(z), precise_normal_hazard(z)) / unit, z);
  }
  EXPECT_LE(worst.value, 8) << worst;
}

TEST(Normal, Hazard) {
  Inputs in(22);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double z = some_z(in, i);
    const Precise a = std::abs(z);
    const Precise tail = precise_scaled_tail(a), density = 1 / precise_root_two_pi();
    const Precise g = exp(-a * a / 2);
    const Precise exact = z > 0 ? Precise(density / tail) : Precise(density * g / (1 - g * tail));
    worst.see(relative_error(normal_hazard(z), exact) / unit, z);
  }
  EXPECT_LE(worst.value, 8) << worst;
}

TEST(Normal, CdfAndErfc) {
  Inputs in(23);
  Largest worst, worst_erfc;
  for (int i = 0; i < repeats; ++i) {
    const double z = i % 2 == 0 ? in.between(-37.4, 9) : in.between(-2, 2);
    const Precise a = abs(Precise(z));
    const Precise tail = exp(-a * a / 2) * precise_scaled_tail(a);
    worst.see(relative_error(normal_cdf(z), z > 0 ? Precise(1 - tail) : tail) / unit, z);
    const double x = i % 2 == 0 ? in.between(-6, 26.5) : in.between(-2, 2);
    const Precise b = abs(Precise(x));
    const Precise half = exp(-b * b) * precise_scaled_tail(b * sqrt(Precise(2)));
    worst_erfc.see(relative_error(erfc(x), x > 0 ? Precise(2 * half) : Precise(2 - 2 * half)) / unit, x);
  }
  EXPECT_LE(worst.value, 8) << worst;
  EXPECT_LE(worst_erfc.value, 6) << worst_erfc;
}

// The error of z, from the residual H(z) - H; the larger of z and 1 is the scale where z crosses 0.
TEST(Normal, QuantileOfHazard) {
  Inputs in(24);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double h = i % 3 == 0   ? in.log_between(1e-300, 1e6)
                     : i % 3 == 1 ? in.log_between(1e-17, 100)
                                  : in.log_between(0.1, 10);
    const double z = normal_quantile_of_hazard(h);
    const Precise error = (precise_normal_hazard(z) - h) / normal_hazard(z);
    worst.see(std::abs(static_cast<double>(error)) / std::max(1.0, std::abs(z)) / unit, h, z);
  }
  EXPECT_LE(worst.value, 5) << worst;
}

TEST(Normal, QuantileOfProbability) {
  Inputs in(25);
  Largest worst;
  for (int i = 0; i < repeats; ++i) {
    const double p = i % 3 == 0   ? in.log_between(1e-300, 0.5)
                     : i % 3 == 1 ? in.between(0, 1)
                                  : in.near_point(0.5, 1e-15, 0.4);
    const double z = normal_quantile(p);
    const Precise a = std::abs(z);
    const Precise g = exp(-a * a / 2), tail = g * precise_scaled_tail(a);
    const Precise error = ((z > 0 ? Precise(1 - tail) : tail) - p) * precise_root_two_pi() / g;
    worst.see(std::abs(static_cast<double>(error / (a == 0 ? Precise(1) : a))) / unit, p, z);
  }
  EXPECT_LE(worst.value, 5) << worst;
}

TEST(Normal, Edges) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_EQ(normal_quantile(0.0), -infinity);
  EXPECT_EQ(normal_quantile(1.0), infinity);
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(not_a_number)));
  EXPECT_EQ(normal_quantile_of_hazard(0.0), -infinity);
  EXPECT_EQ(normal_quantile_of_hazard(infinity), infinity);
  EXPECT_NEAR(normal_quantile_of_hazard(1e300) / 1.4142135623730951e150, 1, 1e-15);
  EXPECT_TRUE(std::isnan(normal_quantile_of_hazard(-1.0)));
  EXPECT_TRUE(std::isnan(normal_quantile_of_hazard(not_a_number)));
  EXPECT_EQ(normal_cumulative_hazard(-infinity), 0.0);
  EXPECT_EQ(normal_cumulative_hazard(infinity), infinity);
  EXPECT_TRUE(std::isnan(normal_cumulative_hazard(not_a_number)));
  EXPECT_EQ(log_normal_sf(0.0), -normal_cumulative_hazard(0.0));
  EXPECT_EQ(erfc(0.0), 1.0);
  EXPECT_EQ(erfc(infinity), 0.0);
  EXPECT_EQ(erfc(-infinity), 2.0);
}

}  // namespace
}  // namespace sojourn::test
