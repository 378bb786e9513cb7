// The cure mixture: its defining formula in 50 digits, its limit, its inverse, and what it is when p is 0 or 1.
#include <gtest/gtest.h>

#include <cmath>

#include "../base/precise.hpp"
#include "distributions/cure.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();
const std::vector<double> fractions = {0, 1e-300, 1e-12, 0.05, 0.6, 0.999, 1 - 1e-12};

// An exponential of rate 1: H_u = s, so that the exact mixture needs no other formula.
Law unit_law() {
  return std::get<Law>(lower(find_family("exponential").value(), 0, std::vector<double>{1.0}));
}

Precise exact(Cure cure, double s) {
  const Precise p = cure.fraction, g = Precise(cure.uncured_hazard_ratio) * s;
  if (g > 1) return -log(Precise(p + (1 - p) * exp(-g)));
  return -boost::multiprecision::log1p(Precise((1 - p) * boost::multiprecision::expm1(Precise(-g))));
}

TEST(Cure, CumulativeHazardHazardAndDifference) {
  const Law law = unit_law();
  Inputs in(71);
  for (const double p : fractions) {
    for (int i = 0; i < 400; ++i) {
      const Cure cure{p, i % 2 == 0 ? 1.0 : 2.5};
      const double s = i % 3 == 0 ? in.log_between(1e-14, 1) : in.log_between(0.1, 100);
      EXPECT_LE(relative_error(cumulative_hazard(cure, law, s), exact(cure, s)), 2e-15) << p << " " << s;
      const Precise q = 1 - Precise(p), g = Precise(cure.uncured_hazard_ratio) * s, alive = q * exp(-g);
      EXPECT_LE(relative_error(hazard(cure, law, s), cure.uncured_hazard_ratio * alive / (p + alive)), 6e-14)
          << p << " " << s;
      const double s1 = s * (1 + in.log_between(1e-9, 10));
      const Precise rise = exact(cure, s1) - exact(cure, s);
      if (rise < 1e-30) continue;
      EXPECT_LE(relative_error(cumulative_hazard_between(cure, law, s, s1), rise), 1e-13 + 3e-16 * s1 / (s1 - s))
          << p << " " << s;
    }
  }
}

TEST(Cure, TimesAndTheCured) {
  const Law law = unit_law();
  Inputs in(72);
  for (const double p : fractions) {
    const Cure cure{p, 1.7};
    const double limit = -std::log(p);
    for (int i = 0; i < 400; ++i) {
      const double e = i % 2 == 0 ? in.log_between(1e-16, 5) : in.log_between(0.01, 650), s = time_of(cure, law, e);
      if (e > limit * (1 + 1e-15)) {
        EXPECT_EQ(s, infinite) << p << " " << e;
      } else if (s < infinite) {
        const double allowed = 1e-12 * e + hazard(cure, law, s) * s * 0x1p-51;
        EXPECT_LE(std::abs(static_cast<double>(exact(cure, s) - e)), allowed) << p << " " << e;
      }
      const double s0 = in.log_between(1e-6, 20), used = cumulative_hazard(cure, law, s0),
                   t = time_of(cure, law, s0, e);
      EXPECT_GE(t, s0);
      if (used + e > limit * (1 + 1e-12) + 1e-12) {
        EXPECT_EQ(t, infinite) << p << " " << s0 << " " << e;
      } else if (t < infinite) {
        const double allowed = 1e-12 * e + hazard(cure, law, t) * t * 0x1p-51;
        EXPECT_LE(std::abs(static_cast<double>(exact(cure, t) - exact(cure, s0) - e)), allowed)
            << p << " " << s0 << " " << e;
      }
    }
  }
}

TEST(Cure, NobodyCuredIsTheLawItself) {
  const Law law = std::get<Law>(lower(find_family("weibull").value(), 0, std::vector<double>{1.3, 4.0}));
  for (const double s : {0.01, 1.0, 7.0, 900.0}) {
    EXPECT_EQ(cumulative_hazard({0, 1}, law, s), cumulative_hazard(law, s));
    EXPECT_EQ(hazard({0, 1}, law, s), hazard(law, s));
    EXPECT_EQ(time_of({0, 1}, law, s), time_of(law, s));
    EXPECT_EQ(time_of({0, 1}, law, 2.0, s), time_of(law, 2.0, s));
  }
}

TEST(Cure, EverybodyCuredHasNoEvent) {
  const Law law = unit_law();
  EXPECT_EQ(cumulative_hazard({1, 1}, law, 1e6), 0);
  EXPECT_EQ(hazard({1, 1}, law, 1), 0);
  EXPECT_EQ(cumulative_hazard_between({1, 1}, law, 1, 2), 0);
  EXPECT_EQ(time_of({1, 1}, law, 1e-16), infinite);
  EXPECT_EQ(time_of({1, 1}, law, 3, 1e-16), infinite);
}

TEST(Cure, LimitAndNoHazardAmongTheUncured) {
  const Law law = unit_law();
  EXPECT_NEAR(cumulative_hazard({0.25, 1}, law, infinite), std::log(4.0), 1e-15);
  EXPECT_EQ(hazard({0.25, 1}, law, 2000), 0);
  EXPECT_EQ(cumulative_hazard({0.25, 0}, law, 10), 0);
  EXPECT_EQ(time_of({0.25, 0}, law, 0.1), infinite);
}

}  // namespace
}  // namespace sojourn::test
