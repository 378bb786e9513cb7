// Draws of attributes between bounds: what is drawn at u lies where 50-digit arithmetic finds u of the interval's
// probability below it, in either tail. Errors are given in x: (found share - u) times the probability over the
// density.
#include <gtest/gtest.h>

#include <array>

#include "base/precise_special.hpp"
#include "base/special.hpp"
#include "distributions/attribute_draw.hpp"

namespace sojourn::distributions {
namespace {

using test::Inputs;
using test::Largest;
using test::Precise;

constexpr double epsilon = 0x1p-52;

// 1 - Phi, in whichever tail
Precise normal_tail(const Precise& z) {
  const Precise tail = exp(-z * z / 2) * test::precise_scaled_tail(abs(z));
  return z > 0 ? tail : 1 - tail;
}

// Of the standard normal; the mirror image where both bounds lie below 0, so that no digits are lost in the test.
double normal_error(double low, double high, double u, double x) {
  if (high <= 0) return normal_error(-high, -low, 1 - u, -x);
  const Precise all = normal_tail(low) - normal_tail(high);
  const Precise share = (normal_tail(low) - normal_tail(x)) / all;
  const Precise density = exp(-Precise(x) * x / 2) / test::precise_root_two_pi();
  return std::abs(static_cast<double>((share - u) * all / density)) / std::max(1.0, std::abs(x));
}

TEST(AttributeDraw, TruncatedNormal) {
  Inputs in(91);
  Largest worst;
  const std::pair<double, double> bounds[] = {{8, 9},   {-9, -8},   {30, 30.5},    {-38, -37},    {0, 1},  {-1, 2},
                                              {-8, -1}, {2, 1e300}, {-1e300, -12}, {0.3, 0.3001}, {-5, 8}, {100, 1e5}};
  for (const auto& [low, high] : bounds) {
    const AttributeDraw draw{DrawKind::normal, 0, 1, 0, low, high};
    for (int i = 0; i < 300; ++i) {
      const double place = i % 3 == 0 ? in.log_between(0x1p-53, 0.5) : in.between(0, 1);
      const double u = std::floor(place * 0x1p52) * 0x1p-52 + 0x1p-53;  // as uniforms are
      const double x = drawn_at(draw, u);
      ASSERT_TRUE(x >= low && x <= high) << low << ", " << high << " at " << u;
      worst.see(normal_error(std::max(low, -1000.0), std::min(high, 1e5), u, x) / epsilon, low, u);
    }
  }
  EXPECT_LE(worst.value, 8) << worst;
}

TEST(AttributeDraw, TruncatedLognormalAndLogitNormal) {
  for (const double u : {0x1p-53, 0.1, 0.5, 0.9, 1 - 0x1p-53}) {
    const double far = drawn_at({DrawKind::lognormal, 3, 0.25, 0, 3 * std::exp(2.0), 3 * std::exp(2.25)}, u);
    const double z = std::log(far / 3) / 0.25;
    EXPECT_LE(normal_error(8, 9, u, z), 40 * epsilon);
    const double share = drawn_at({DrawKind::logit_normal, 0.5, 1, 0, 0, 0.002}, u);
    const double low = std::log(0.002 / 0.998);
    EXPECT_LE(normal_error(-1000, low, u, std::log(share / (1 - share))), 40 * epsilon);
  }
}

TEST(AttributeDraw, TruncatedGamma) {
  Inputs in(92);
  Largest worst;
  const std::array<double, 3> cases[] = {{3, 40, 45}, {3, 1e-6, 2e-6}, {0.5, 0, 0.1}, {20, 15, 18}, {1, 700, 701}};
  for (const auto& [shape, low, high] : cases) {
    const AttributeDraw draw{DrawKind::gamma, 2 * shape, shape, 0, 2 * low, 2 * high};  // scale 2
    const Precise upper_low = exp(-test::precise_gamma_hazard(shape, low));
    const Precise all = upper_low - exp(-test::precise_gamma_hazard(shape, high));
    const Precise log_gamma = boost::math::lgamma(Precise(shape));
    for (int i = 0; i < 20; ++i) {
      const double u = in.between(0x1p-53, 1 - 0x1p-53), x = drawn_at(draw, u) / 2;
      ASSERT_TRUE(x >= low && x <= high);
      const Precise share = (upper_low - exp(-test::precise_gamma_hazard(shape, x))) / all;
      const Precise density = exp((shape - 1) * log(Precise(x)) - x - log_gamma);
      worst.see(std::abs(static_cast<double>((share - u) * all / density)) / x, shape, u);
    }
  }
  EXPECT_LE(worst.value, 1e-13) << worst;
}

TEST(AttributeDraw, TruncatedBeta) {
  Inputs in(93);
  Largest worst;
  const std::array<double, 4> cases[] = {
      {2, 5, 0.97, 1}, {2, 5, 0, 1e-6}, {2, 5, 0.2, 0.3}, {0.5, 0.5, 0.99, 0.995}, {30, 3, 0.05, 0.1}};
  for (const auto& [a, b, low, high] : cases) {
    const AttributeDraw draw{DrawKind::beta, a, b, 0, low, high};
    const auto below = [a = a, b = b](double x) {
      return x <= 0 ? Precise(0) : x >= 1 ? Precise(1) : test::precise_beta(a, b, x, 1 - Precise(x));
    };
    const Precise all = below(high) - below(low);
    const Precise log_beta =
        boost::math::lgamma(Precise(a)) + boost::math::lgamma(Precise(b)) - boost::math::lgamma(Precise(a + b));
    for (int i = 0; i < 10; ++i) {
      const double u = in.between(0.001, 0.999), x = drawn_at(draw, u);
      ASSERT_TRUE(x >= low && x <= high);
      const Precise share = (below(x) - below(low)) / all;
      const Precise density = exp((a - 1) * log(Precise(x)) + (b - 1) * log(1 - Precise(x)) - log_beta);
      worst.see(std::abs(static_cast<double>((share - u) * all / density)) / x, low, u);
    }
  }
  EXPECT_LE(worst.value, 1e-12) << worst;
}

TEST(AttributeDraw, ExponentialWeibullTriangular) {
  for (const double u : {0x1p-53, 0.01, 0.3, 0.7, 1 - 0x1p-53}) {
    const Precise exact_u = u;
    const Precise hazard = -log(1 - exact_u);
    EXPECT_LE(test::relative_error(drawn_at({DrawKind::exponential, 3}, u), 3 * hazard), 4 * epsilon);
    EXPECT_LE(test::relative_error(drawn_at({DrawKind::weibull, 1.7, 4}, u), 4 * pow(hazard, 1 / Precise(1.7))),
              4 * epsilon);
    const Precise between = -log(exp(Precise(-30)) * (1 - exact_u) + exact_u * exp(Precise(-31)));  // H from 30 to 31
    EXPECT_LE(test::relative_error(drawn_at({DrawKind::exponential, 1, 0, 0, 30, 31}, u), between), 4 * epsilon);
    EXPECT_LE(test::relative_error(drawn_at({DrawKind::weibull, 0.5, 1, 0, 900, 961}, u), between * between),
              8 * epsilon);
    const double x = drawn_at({DrawKind::triangular, 1, 2, 5}, u);
    const double below = x < 2 ? (x - 1) * (x - 1) / 4 : 1 - (5 - x) * (5 - x) / 12;
    EXPECT_NEAR(below, u, 2 * epsilon);
  }
}

// Bounds that do not cut change nothing but the last digits; none at all change nothing.
TEST(AttributeDraw, WideBounds) {
  for (const double u : {0.001, 0.3, 0.5, 0.97}) {
    const double free = drawn_at({DrawKind::normal, 3, 2}, u);
    EXPECT_EQ(free, 3 + 2 * normal_quantile(u));
    EXPECT_NEAR(drawn_at({DrawKind::normal, 3, 2, 0, -1e6, 1e6}, u), free, 1e-14);
    EXPECT_NEAR(drawn_at({DrawKind::gamma, 3, 2, 0, -1, infinity}, u), drawn_at({DrawKind::gamma, 3, 2}, u), 1e-13);
    EXPECT_NEAR(drawn_at({DrawKind::beta, 3, 2, 0, -1, 1}, u), drawn_at({DrawKind::beta, 3, 2}, u), 1e-13);
  }
}

TEST(AttributeDraw, NoProbability) {
  const AttributeDraw none[] = {{DrawKind::normal, 0, 1, 0, 2, 1},         {DrawKind::normal, 0, 1, 0, 1, 1},
                                {DrawKind::normal, 5, 0, 0, 6, 7},         {DrawKind::lognormal, 1, 1, 0, -infinity, 0},
                                {DrawKind::logit_normal, 0.5, 1, 0, 1, 2}, {DrawKind::beta, 2, 2, 0, 1, 2},
                                {DrawKind::beta, 2000, 2, 0, 0, 0.001},    {DrawKind::gamma, 1, 2, 0, -3, 0},
                                {DrawKind::exponential, 1, 0, 0, -2, -1},  {DrawKind::weibull, 2, 1, 0, 1e200, 1e201}};
  for (const AttributeDraw& one : none) {
    EXPECT_TRUE(std::isnan(drawn_at(one, 0.5))) << static_cast<int>(one.kind) << ": " << drawn_at(one, 0.5);
  }
  EXPECT_EQ(drawn_at({DrawKind::normal, 5, 0, 0, 5, 7}, 0.5), 5);  // all of it on a bound
}

}  // namespace
}  // namespace sojourn::distributions
