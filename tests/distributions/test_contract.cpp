// The contract on sampling, over every family of the list, against 50-digit arithmetic:
//   |H(T) - H(t0) - E| <= 1e-12 E + 2 h(T) ulp(T),  E from 1e-16 to 1e3, t0 from 0 to H(t0) = 1e6.
#include <gtest/gtest.h>

#include <cmath>

#include "../base/precise.hpp"
#include "oracle.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double largest = std::numeric_limits<double>::max(), infinite = std::numeric_limits<double>::infinity();

// How far T is outside its allowance: at most 1 is right.
double excess(const Case& one, double t0, double e, double t) {
  if (t == infinite) {  // right if E is never reached, or beyond the largest double
    const bool ends = one.family == "uniform" || (one.family == "truncated" && one.values[1] < infinite);
    const double end = ends ? std::nextafter(one.values[1], 0) : largest;
    return t0 >= end || exact_residual(one, t0, end, e) <= 1e-12 * e ? 0 : infinite;
  }
  if (t < t0) return infinite;
  if (t < 1e-300) return 0;  // the ulp of T is no longer relative
  const double h = hazard(one.law, t);
  if (h == infinite) return 0;  // the end of a uniform: T is right to an ulp
  const double ulp = std::nextafter(t, infinite) - t;
  return std::abs(exact_residual(one, t0, t, e)) / (1e-12 * e + 2 * h * ulp);
}

class Contract : public testing::TestWithParam<Case> {};

TEST_P(Contract, FromZero) {
  const Case& one = GetParam();
  Inputs in(41);
  Largest worst;
  for (int i = 0; i < 150; ++i) {
    const double e = i % 3 == 0 ? in.log_between(0.05, 5) : in.log_between(1e-16, 1e3);
    worst.see(excess(one, 0, e, time_of(one.law, e)), 0, e);
    worst.see(excess(one, 0, e, time_of(one.law, 0.0, e)), 0, e);
  }
  EXPECT_LE(worst.value, 1) << one.label() << ": " << worst;
}

TEST_P(Contract, FromFarIntoTheTail) {
  const Case& one = GetParam();
  Inputs in(42);
  Largest worst;
  for (int i = 0; i < 300; ++i) {
    const double used = i % 2 == 0 ? in.log_between(1e-10, 1e6) : in.log_between(0.01, 60);
    const double t0 = time_of(one.law, used);
    if (!(t0 < infinite) || (t0 > 0 && t0 < 1e-290)) continue;
    const double e = i % 3 == 0 ? in.log_between(0.05, 5) : in.log_between(1e-16, 1e3);
    worst.see(excess(one, t0, e, time_of(one.law, t0, e)), t0, e);
  }
  EXPECT_LE(worst.value, 1) << one.label() << ": " << worst;
}

INSTANTIATE_TEST_SUITE_P(Laws, Contract, testing::ValuesIn(cases_where(has_oracle)), case_name);

TEST(Contract, EveryFamilyButAtomsHasAnExactFormula) {
  for (const Case& one : all_cases()) EXPECT_NE(has_oracle(one), is_atom(one.law) || has_steps(one.law)) << one.label();
}

}  // namespace
}  // namespace sojourn::test
