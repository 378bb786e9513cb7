// Draws pass Kolmogorov and Smirnov's test, from the start and left-truncated far out (where 1 - S is 0 in double
// precision and a careless generator turns uniform). Fixed addresses; sqrt(n) D > 2.2 has probability
// 2 exp(-2 2.2^2) = 1.3e-4 a test, 0.01 for all of them together, were the addresses chosen anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/uniform.hpp"
#include "cases.hpp"

namespace sojourn::test {
namespace {

using namespace distributions;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr int draws = 20000;

class Draws : public testing::TestWithParam<Case> {};

// sqrt(n) times the largest distance of the shares 1 - exp(-(H(T) - H(t0))) from uniform; +inf counts as share 1
double kolmogorov(const Case& one, double t0, std::uint32_t visit) {
  std::vector<double> shares;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const double t = time_of(one.law, t0, unit_exponential(uniforms({5, 0}, {i, 0, 17, visit}).first));
    shares.push_back(t == infinite ? 1 : -std::expm1(-cumulative_hazard_between(one.law, t0, t)));
  }
  std::sort(shares.begin(), shares.end());
  const double limit = -std::expm1(-cumulative_hazard_between(one.law, t0, infinite));
  double distance = 0;
  for (std::size_t i = 0; i < shares.size() && shares[i] < limit; ++i) {
    const double n = draws, rank = static_cast<double>(i);
    distance = std::max({distance, shares[i] - rank / n, (rank + 1) / n - shares[i]});
  }
  return distance * std::sqrt(draws);
}

TEST_P(Draws, FollowTheLaw) {
  const Case& one = GetParam();
  EXPECT_LE(kolmogorov(one, 0, 0), 2.2) << one.label();
  for (const double used : {0.7, 60.0}) {
    const double t0 = time_of(one.law, used);
    if (t0 < 1e200 && hazard(one.law, t0) * t0 < 1e12) {
      EXPECT_LE(kolmogorov(one, t0, 1), 2.2) << one.label() << " " << t0;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Draws, testing::ValuesIn(cases_where([](const Case& one) {
                           return !is_atom(one.law) && !has_steps(one.law);
                         })),
                         case_name);

}  // namespace
}  // namespace sojourn::test
