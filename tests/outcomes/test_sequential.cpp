#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "outcomes/sequential.hpp"

namespace sojourn::outcomes {
namespace {

double phi(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

// The tables of Lan and DeMets' method for five looks at equal steps, two-sided 5% (as printed by Reboussin, DeMets,
// Kim and Lan, Control Clin Trials 2000;21:190-207, and by R's ldbounds).
TEST(SequentialQuantiles, ArePublishedOnes) {
  std::vector<double> t, pocock, obrien_fleming;
  for (int k = 1; k <= 5; ++k) {
    t.push_back(k / 5.0);
    pocock.push_back(0.05 * std::log(1 + (std::exp(1.0) - 1) * t.back()));
    obrien_fleming.push_back(4 * (1 - phi(2.241402727604947 / std::sqrt(t.back()))));
  }
  const double printed_pocock[] = {2.4380, 2.4268, 2.4101, 2.3966, 2.3859};
  const double printed_obrien_fleming[] = {4.8769, 3.3569, 2.6803, 2.2898, 2.0310};
  const auto a = sequential_quantiles(t, pocock), b = sequential_quantiles(t, obrien_fleming);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(a[k], printed_pocock[k], 2e-4);
    EXPECT_NEAR(b[k], printed_obrien_fleming[k], 2e-4);
  }
}

TEST(SequentialQuantiles, OfOneLookIsTheNormalOne) {
  const double t[] = {7}, spent[] = {0.05};
  EXPECT_NEAR(sequential_quantiles(t, spent).front(), 1.959963984540054, 1e-12);
}

// Random walks with other random numbers: the share that leaves by look k, with 1,000,000 walks, is off by more than 5
// of its standard errors with probability 6e-7 a look.
TEST(SequentialQuantiles, AreLeftAsOftenAsIsSpent) {
  const std::vector<double> t{1, 2, 4, 8, 16};
  std::vector<double> spent;
  for (int k = 1; k <= 5; ++k) spent.push_back(0.1 * k / (k + 1));
  const auto c = sequential_quantiles(t, spent);
  std::mt19937_64 bits(20);
  std::normal_distribution<double> normal;
  constexpr int walks = 1000000;
  std::vector<int> left(t.size());
  for (int i = 0; i < walks; ++i) {
    double sum = 0, before = 0;
    for (std::size_t k = 0; k < t.size(); ++k) {
      sum += normal(bits) * std::sqrt(t[k] - before);
      before = t[k];
      if (std::abs(sum) <= c[k] * std::sqrt(t[k])) continue;
      for (std::size_t later = k; later < t.size(); ++later) ++left[later];
      break;
    }
  }
  for (std::size_t k = 0; k < t.size(); ++k) {
    const double se = std::sqrt(spent[k] * (1 - spent[k]) / walks);
    EXPECT_NEAR(left[k] / static_cast<double>(walks), spent[k], 5 * se) << k;
  }
}

TEST(SequentialQuantiles, DoNotDependOnWhatComesAfter) {
  const std::vector<double> t{1, 2, 4, 8}, spent{0.02, 0.03, 0.035, 0.04};
  const auto all = sequential_quantiles(t, spent);
  const auto some = sequential_quantiles(std::span(t).first(2), std::span(spent).first(2));
  EXPECT_EQ(some[0], all[0]);
  EXPECT_EQ(some[1], all[1]);
}

}  // namespace
}  // namespace sojourn::outcomes
