// Every formula of every family gives, on eight lanes at once, the bits that it gives one by one.
#include <gtest/gtest.h>

#include "../base/precise.hpp"
#include "cases.hpp"
#include "distributions/families.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
using Eight = Pack<8>;

Eight some_times(Inputs& in, int i) {
  return Eight::make([&](std::size_t lane) {
    if (i % 5 == 0 && lane < 3) return std::array{0.0, 1e-310, infinity}[lane];
    return i % 2 == 0 ? in.log_between(1e-3, 30) : in.log_between(1e-200, 1e200);
  });
}

template <class One, class Both>
void expect_same(const std::string& what, const Eight& a, const Eight& b, Both both_lanes, One one) {
  const Eight together = both_lanes(a, b);
  for (std::size_t lane = 0; lane < 8; ++lane) {
    const double alone = one(a.at[lane], b.at[lane]);
    if (std::isnan(alone) && std::isnan(together.at[lane])) continue;
    EXPECT_EQ(word_of(alone), word_of(together.at[lane])) << what << " at " << a.at[lane] << ", " << b.at[lane];
  }
}

template <class F>
void check(const Case& one) {
  Inputs in(61);
  const Law& law = one.law;
  for (int i = 0; i < 20; ++i) {
    const Eight x = some_times(in, i), y = some_times(in, i + 1);
    const Eight low = smaller(x, y), high = larger(x, y);
    expect_same(
        one.label() + " H", x, y, [&](auto& a, auto&) { return F::cumulative_hazard(law, a); },
        [&](double a, double) { return F::cumulative_hazard(law, a); });
    expect_same(
        one.label() + " h", x, y, [&](auto& a, auto&) { return F::hazard(law, a); },
        [&](double a, double) { return F::hazard(law, a); });
    expect_same(
        one.label() + " between", low, high, [&](auto& a, auto& b) { return F::between(law, a, b); },
        [&](double a, double b) { return F::between(law, a, b); });
    expect_same(
        one.label() + " time", x, y, [&](auto& a, auto&) { return F::time_from_zero(law, a); },
        [&](double a, double) { return F::time_from_zero(law, a); });
    expect_same(
        one.label() + " time from", x, y, [&](auto& a, auto& b) { return F::time_from(law, a, b); },
        [&](double a, double b) { return F::time_from(law, a, b); });
  }
}

TEST(Lanes, EveryFormulaOfEveryFamily) {
  const auto checks = for_each_family([]<class F>(FamilyTag<F>) { return &check<F>; });
  for (const Case& one : all_cases()) checks[one.law.family](one);
}

}  // namespace
}  // namespace sojourn::test
