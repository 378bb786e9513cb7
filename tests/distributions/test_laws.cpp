// Properties of the functions of a law, over every family of the list.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../base/precise.hpp"
#include "oracle.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();

// A time somewhere in the distribution: H log-uniform; 0 if that is never reached or too early to be a normal number.
double some_time(const Case& one, Inputs& in) {
  const double t = time_of(one.law, in.log_between(1e-8, 1e3));
  return t > 1e-250 && t < 1e250 && hazard(one.law, t) < infinite ? t : 0;
}

// No step of the hazard and no end of the distribution so close that the symmetric difference would see it.
bool smooth_at(const Case& one, double t) {
  const auto away = [&](double x) { return std::abs(t - x) > 1e-5 * t; };
  return std::ranges::all_of(one.breaks, away) &&
         ((one.family != "uniform" && one.family != "truncated") || std::ranges::all_of(one.values, away));
}

class Laws : public testing::TestWithParam<Case> {};
class ExactLaws : public testing::TestWithParam<Case> {};  // those with a formula in oracle.cpp

TEST_P(ExactLaws, CumulativeHazardAndDifference) {
  const Case& one = GetParam();
  Inputs in(51);
  Largest worst, worst_between;
  for (int i = 0; i < 150; ++i) {
    const double t0 = some_time(one, in);
    if (t0 == 0 || one.family == "never") continue;
    const double conditioning = hazard(one.law, t0) * t0;  // what an ulp of t0 is worth
    const double h = cumulative_hazard(one.law, t0);
    worst.see(relative_error_of(one, 0, t0, h) * h / (2e-13 * h + 0x1p-53 * conditioning), t0);
    const double t1 = i % 2 == 0 ? t0 * (1 + in.log_between(1e-12, 0.1)) : t0 * in.log_between(1.01, 100);
    const double rise = cumulative_hazard_between(one.law, t0, t1);
    if (!(rise > 0 && rise < infinite && t1 < 1e300)) continue;
    worst_between.see(
        relative_error_of(one, t0, t1, rise) * rise / (4e-13 * rise + 4 * 0x1p-53 * hazard(one.law, t1) * t1), t0, t1);
  }
  EXPECT_LE(worst.value, 1) << one.label() << ": " << worst;
  EXPECT_LE(worst_between.value, 1) << one.label() << ": " << worst_between;
}

TEST_P(ExactLaws, HazardIsTheDerivative) {
  const Case& one = GetParam();
  Inputs in(52);
  Largest worst;
  for (int i = 0; i < 40; ++i) {
    const double t = some_time(one, in);
    if (t == 0 || one.family == "never" || !smooth_at(one, t)) continue;
    const double exact = exact_hazard(one, t);
    worst.see(std::abs(hazard(one.law, t) / exact - 1), t, exact);
  }
  EXPECT_LE(worst.value, 2e-12) << one.label() << ": " << worst;
}

TEST_P(Laws, RisesAndAgreesWithItself) {
  const Case& one = GetParam();
  Inputs in(53);
  double before_t = 0, before = 0;
  std::vector<double> times;
  for (int i = 0; i < 300; ++i) times.push_back(in.log_between(1e-9, 1e4));
  std::sort(times.begin(), times.end());
  for (const double t : times) {
    const double now = cumulative_hazard(one.law, t);
    EXPECT_GE(now, before * (1 - 1e-14)) << one.label() << " at " << t;
    EXPECT_GE(hazard(one.law, t), 0) << one.label() << " at " << t;
    const double rise = cumulative_hazard_between(one.law, before_t, t);
    EXPECT_GE(rise, 0) << one.label() << " from " << before_t << " to " << t;
    if (now < infinite) {
      EXPECT_NEAR(rise, now - before, 1e-12 * now + 1e-300) << one.label() << " from " << before_t << " to " << t;
    }
    EXPECT_EQ(cumulative_hazard_between(one.law, t, t) > 0, is_atom(one.law) && t == one.values[0]);
    before_t = t;
    before = now;
  }
}

TEST_P(Laws, Ends) {
  const Case& one = GetParam();
  const double start = cumulative_hazard(one.law, 0);
  EXPECT_EQ(start, is_atom(one.law) && one.values[0] == 0 ? infinite : 0) << one.label();
  const double end = cumulative_hazard(one.law, infinite);
  EXPECT_FALSE(std::isnan(end)) << one.label();
  EXPECT_GE(end * (1 + 1e-15), cumulative_hazard(one.law, 1e6)) << one.label();
  if (end < infinite) {  // defective: what is never reached is never reached
    EXPECT_EQ(time_of(one.law, end * (1 + 1e-9) + 1e-300), infinite) << one.label();
    EXPECT_EQ(time_of(one.law, 1.0, end + 1e-300), infinite) << one.label();
  }
  EXPECT_FALSE(std::isnan(hazard(one.law, 0))) << one.label();
  EXPECT_FALSE(std::isnan(time_of(one.law, 1e-320))) << one.label();
  EXPECT_FALSE(std::isnan(time_of(one.law, 1e300))) << one.label();
  EXPECT_FALSE(std::isnan(time_of(one.law, 1e-320, 1.0))) << one.label();
  EXPECT_FALSE(std::isnan(time_of(one.law, 1e6, 1e-16))) << one.label();
}

INSTANTIATE_TEST_SUITE_P(All, ExactLaws, testing::ValuesIn(cases_where(has_oracle)), case_name);
INSTANTIATE_TEST_SUITE_P(All, Laws, testing::ValuesIn(all_cases()), case_name);

}  // namespace
}  // namespace sojourn::test
