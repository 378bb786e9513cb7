// Bounds for statistical tests with a fixed seed. Each names the probability that a right program would miss it, were
// the seed drawn anew: the quantiles are those of R's qnorm, qchisq and the asymptotic Kolmogorov distribution.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace sojourn::engine::testing {

// P(|Z| > z) = 1e-6, and 1e-8 where a test looks at more than fifty numbers.
inline constexpr double z_one_in_a_million = 4.891638;
inline constexpr double z_one_in_hundred_million = 5.730729;

// k of n against probability p; half a patient of continuity correction. `reference_se`: of p itself.
inline ::testing::AssertionResult share_is(std::int64_t k, std::int64_t n, double p, double z,
                                           double reference_se = 0) {
  const auto size = static_cast<double>(n);
  const double found = static_cast<double>(k) / size;
  const double allowed = z * std::sqrt(p * (1 - p) / size + reference_se * reference_se) + 0.5 / size;
  if (std::abs(found - p) <= allowed) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "share " << found << ", expected " << p << " +- " << allowed << " (" << k
                                       << " of " << n << ")";
}

// Mean of a sample against its expectation, by the sample's own standard error.
inline ::testing::AssertionResult mean_is(const std::vector<double>& sample, double expected, double z) {
  const auto n = static_cast<double>(sample.size());
  double mean = 0, square = 0;
  for (const double x : sample) mean += x / n;
  for (const double x : sample) square += (x - mean) * (x - mean) / (n - 1);
  const double allowed = z * std::sqrt(square / n);
  if (std::abs(mean - expected) <= allowed) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "mean " << mean << ", expected " << expected << " +- " << allowed;
}

// Kolmogorov-Smirnov: sqrt(n) D beyond 2.694 has probability 1e-6 (2 exp(-2 x^2)).
inline ::testing::AssertionResult distributed_as(std::vector<double> sample,
                                                 const std::function<double(double)>& distribution) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double largest = 0, where = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double f = distribution(sample[i]);
    const double gap = std::max(f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f);
    if (!(gap <= largest)) {
      largest = gap;
      where = sample[i];
    }
  }
  if (std::sqrt(n) * largest <= 2.694) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "sqrt(n) D = " << std::sqrt(n) * largest << " at " << where << ", n = " << n;
}

// Simpson's rule with 2m intervals.
template <class F>
double integral(F f, double a, double b, int m) {
  const double h = (b - a) / (2 * m);
  double sum = f(a) + f(b);
  for (int i = 1; i < 2 * m; ++i) sum += f(a + i * h) * (i % 2 == 1 ? 4 : 2);
  return sum * h / 3;
}

}  // namespace sojourn::engine::testing
