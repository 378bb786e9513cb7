// Covariances and net benefits of costs and effects, against the residuals of every patient.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>
#include <vector>

#include "outcomes/joint.hpp"

namespace sojourn::outcomes {
namespace {

// Of one patient under one strategy; none: she is not counted.
struct Both {
  std::int64_t cost = 0, effect = 0;
};
using Patient = std::optional<Both>;
using Patients = std::vector<Patient>;

template <class Value>
RatioSums summed(const Patients& a, const Patients& b, Value value) {
  MeanSums of_a, of_b;
  PairMeans pairs;
  const auto number = [&](const Patient& one) { return one ? value(*one) : no_number; };
  for (std::size_t p = 0; p < a.size(); ++p) {
    if (a[p]) of_a.add(number(a[p]));
    if (b[p]) of_b.add(number(b[p]));
    if (number(a[p]) != number(b[p])) pairs.add(number(a[p]), number(b[p]));
  }
  return pairs.with(of_a, of_b);
}

JointSums sums_of(const Patients& a, const Patients& b, int cost_bits, int effect_bits) {
  return {summed(a, b, [](const Both& x) { return x.cost; }), summed(a, b, [](const Both& x) { return x.effect; }),
          summed(a, b, [](const Both& x) { return x.effect - x.cost; }), cost_bits, effect_bits};
}

// sum r_x r_y, with r = x/n - mean/n where she is counted, of both strategies where `b` is given.
struct Residuals {
  std::vector<double> cost, effect;
};
Residuals residuals(const Patients& of, double cost_unit, double effect_unit) {
  double n = 0, cost = 0, effect = 0;
  for (const Patient& one : of) {
    if (!one) continue;
    n += 1;
    cost += double(one->cost);
    effect += double(one->effect);
  }
  Residuals made;
  for (const Patient& one : of) {
    made.cost.push_back(one ? (double(one->cost) - cost / n) / n * cost_unit : 0);
    made.effect.push_back(one ? (double(one->effect) - effect / n) / n * effect_unit : 0);
  }
  return made;
}

double product(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}
std::vector<double> less(std::vector<double> x, const std::vector<double>& y, double factor = 1) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= factor * y[i];
  return x;
}

Patients drawn(std::mt19937& random, std::size_t patients, double counted) {
  std::uniform_int_distribution<std::int64_t> cost(-500, 60000), effect(-50, 4000);
  std::bernoulli_distribution in(counted);
  Patients made(patients);
  for (Patient& one : made) {
    if (in(random)) one = Both{cost(random), effect(random)};
  }
  return made;
}

TEST(Joint, is_what_the_residuals_say) {
  std::mt19937 random(3);
  for (const double counted : {1.0, 0.8}) {
    Patients a = drawn(random, 300, counted), b = drawn(random, 300, counted);
    for (std::size_t p = 0; p < 100; ++p) b[p] = a[p];  // the same under both
    const int cost_bits = 4, effect_bits = 10;
    const double cost_unit = 1.0 / 16, effect_unit = 1.0 / 1024;
    const JointEstimate found = estimate_joint(sums_of(a, b, cost_bits, effect_bits));
    const Residuals ra = residuals(a, cost_unit, effect_unit), rb = residuals(b, cost_unit, effect_unit);
    double n = 0, either = 0;
    for (std::size_t p = 0; p < a.size(); ++p) {
      n += a[p] ? 1 : 0;
      either += a[p] || b[p] ? 1 : 0;
    }
    const double own = n / (n - 1), both = either / (either - 1);
    const auto close = [](double x, double y) { EXPECT_NEAR(x, y, 1e-11 * std::abs(y)); };
    close(found.covariance, product(ra.cost, ra.effect) * own);
    close(found.cost.variance, product(ra.cost, ra.cost) * own);
    const auto cost = less(ra.cost, rb.cost), effect = less(ra.effect, rb.effect);
    close(found.difference_covariance, product(cost, effect) * both);
    close(found.effect.difference_variance, product(effect, effect) * both);
    for (const double k : {0.001, 0.1, 3.0, 20000.0, 1e12}) {
      const RatioEstimate benefit = estimate_net_benefit(sums_of(a, b, cost_bits, effect_bits), k);
      const auto of_a = less(ra.cost, ra.effect, k), difference = less(cost, effect, k);
      close(benefit.estimate, k * found.effect.estimate - found.cost.estimate);
      close(benefit.difference, k * found.effect.difference - found.cost.difference);
      close(benefit.variance, product(of_a, of_a) * own);
      close(benefit.difference_variance, product(difference, difference) * both);
    }
  }
}

// Costs that are 7.5 effects in every patient, near the largest numbers there are: nothing is left at k = 7.5.
TEST(Joint, nothing_is_left_of_what_cancels) {
  std::mt19937_64 random(5);
  std::uniform_int_distribution<std::int64_t> effect(1, (std::int64_t{1} << 39) - 1);
  Patients a(50), b(50);
  for (std::size_t p = 0; p < a.size(); ++p) {
    const std::int64_t x = 2 * effect(random), y = 2 * effect(random);
    a[p] = Both{x / 2 * 15, x};
    b[p] = Both{y / 2 * 15, y};
  }
  const JointSums sums = sums_of(a, b, 12, 12);
  const RatioEstimate benefit = estimate_net_benefit(sums, 7.5);
  EXPECT_EQ(benefit.estimate, 0);
  EXPECT_EQ(benefit.variance, 0);
  EXPECT_EQ(benefit.difference, 0);
  EXPECT_EQ(benefit.difference_variance, 0);
  EXPECT_GT(estimate_net_benefit(sums, 7.5000001).difference_variance, 0);
}

TEST(Joint, without_patients_there_is_nothing) {
  const JointSums none = sums_of(Patients(3), Patients(3), 12, 40);
  EXPECT_TRUE(std::isnan(estimate_net_benefit(none, 100).estimate));
  EXPECT_TRUE(std::isnan(estimate_joint(none).covariance));
}

}  // namespace
}  // namespace sojourn::outcomes
