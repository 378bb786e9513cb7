// Discounting against closed forms: of a life of given length, and of lives with a constant hazard, whose quantiles
// (i + 1/2) / n stand for all of them. Planted: an exp in place of expm1's sign, or floor taken one year late, is seen
// in the first two tests.
#include <gtest/gtest.h>

#include <cmath>

#include "outcomes/discount.hpp"
#include "worth_lives.hpp"

namespace sojourn::outcomes::testing {
namespace {

using Method = model::Discounting::Method;
constexpr double unit = 0x1p36;

TEST(Discount, continuous_is_the_integral_of_powers) {
  const Discount discount(0.035, Method::continuous, 100, unit);
  const double rho = std::log1p(0.035);
  for (const double t : {0.0, 1e-9, 0.3, 1.0, 17.77, 100.0}) {
    EXPECT_NEAR(double(discount.at(t).time) / unit, (1 - std::pow(1.035, -t)) / rho, 1.0 / unit) << t;
    EXPECT_NEAR(discount.at(t).factor, std::pow(1.035, -t), 1e-15) << t;
  }
}

TEST(Discount, yearly_is_a_geometric_series) {
  const Discount discount(0.035, Method::yearly, 100, unit);
  EXPECT_EQ(discount.at(0.999).factor, 1);
  EXPECT_EQ(discount.at(1).factor, 1 / 1.035);
  for (const int n : {0, 1, 2, 30, 100}) {
    const double v = 1 / 1.035, series = (1 - std::pow(v, n)) / (1 - v);
    EXPECT_NEAR(double(discount.at(n).time) / unit, series, 2.0 / unit) << n;
    if (n < 100) {
      EXPECT_NEAR(double(discount.at(n + 0.25).time) / unit, series + 0.25 * std::pow(v, n), 2.0 / unit) << n;
    }
  }
}

TEST(Discount, none_is_time_itself) {
  const Discount discount(0, Method::yearly, 100, unit);
  EXPECT_EQ(discount.at(12.3).time, std::int64_t(12.3 * unit + 0.5));
  EXPECT_EQ(discount.at(12.3).factor, 1);
}

// Mean over lives with a constant hazard of death.
template <class Use>
void over_lives(double hazard, double horizon, const Use& use) {
  constexpr int lives = 20000;
  for (int i = 0; i < lives; ++i) {
    const double death = -std::log1p(-(i + 0.5) / lives) / hazard;
    use(death < horizon ? LifeRows{{{well, 0}, {dead_state, death, dies}}} : LifeRows{}, 1.0 / lives);
  }
}

// Side by side, with vectors if the processor has them, to the bit.
TEST(Discount, of_many_times_is_that_of_each) {
  for (const auto& [rate, method] : {std::pair(0.0, Method::continuous), std::pair(0.035, Method::continuous),
                                     std::pair(1.0, Method::continuous), std::pair(0.035, Method::yearly)}) {
    const Discount discount(rate, method, 100, 0x1p36);
    std::vector<double> years = {0, 0x1p-60, 0x1p-40, 1, 100};
    for (int i = 0; i < 997; ++i) years.push_back(100 * std::sqrt(i / 997.0));
    std::vector<double> times(years.size()), factors(years.size());
    discount.at(years.data(), years.size(), times.data(), factors.data());
    for (std::size_t i = 0; i < years.size(); ++i) {
      const Discount::Present one = discount.at(years[i]);
      ASSERT_EQ(times[i], static_cast<double>(one.time)) << years[i];
      ASSERT_EQ(factors[i], one.factor) << years[i];
    }
  }
}

TEST(Discount, of_exponential_lives) {
  const double mu = 0.25, r = 0.035, rho = std::log1p(r), horizon = 100;
  const std::string rest =
      "costs: {c: {rate: 120 per year}, death: {on_entry: dead, amount: 50}}\nutilities: {w: {value: 0.8}}\n";
  Valued continuous("100 years", rest + "discounting: {costs: 0.035, effects: 0.035}\n");
  double cost = 0, death = 0, qalys = 0;
  over_lives(mu, horizon, [&](const LifeRows& life, double share) {
    const Found worth = continuous.of(life);
    cost += continuous.discounted_money(worth.cost(0)) * share;
    death += continuous.discounted_money(worth.cost(1)) * share;
    qalys += continuous.discounted_qalys() * share;
  });
  EXPECT_NEAR(cost, 120 / (rho + mu), 0.002);  // of strata, 1/n of the range at most
  EXPECT_NEAR(death, 50 * mu / (rho + mu), 0.002);
  EXPECT_NEAR(qalys, 0.8 / (rho + mu), 2e-5);

  Valued yearly("100 years", rest + "discounting: {costs: 0.035, effects: 0.035, method: yearly}\n");
  cost = death = 0;
  over_lives(mu, horizon, [&](const LifeRows& life, double share) {
    const Found worth = yearly.of(life);
    cost += yearly.discounted_money(worth.cost(0)) * share;
    death += yearly.discounted_money(worth.cost(1)) * share;
  });
  const double survive = std::exp(-mu), series = 1 / (1 - survive / (1 + r));  // over the years
  EXPECT_NEAR(cost, 120 * (1 - survive) / mu * series, 0.002);
  EXPECT_NEAR(death, 50 * (1 - survive) * series, 0.004);
}

// The age multiplier of NICE TA975, as rebuilt by others (see docs/flagship.md): 1.00 to 22, 0.99 to 29, ...
TEST(Discount, age_multiplier) {
  const double cuts[] = {22, 29, 34, 39, 43, 47, 50, 53, 56, 59, 62, 64, 67, 69, 71, 73, 75};
  std::string times, values = "1";
  for (int i = 0; i < 17; ++i) {
    times += (i > 0 ? ", " : "") + std::to_string(int(cuts[i])) + " years";
    values += ", " + std::to_string(0.99 - 0.01 * i).substr(0, 4);
  }
  Valued v("88 years", "utilities: {w: {value: 0.91}, age: {multiply: {piecewise: {clock: age, times: [" + times +
                           "], values: [" + values + "]}}}}\ndiscounting: {costs: 0.035, effects: 0.035}\n");
  LifeRows life;
  life.age = 12;
  v.of(life);
  double plain = 0, discounted = 0, multiplier = 1, from = 0;
  const double rho = std::log1p(0.035);
  for (int i = 0; i <= 17; ++i) {
    const double until = i < 17 ? cuts[i] - 12 : 88;
    plain += 0.91 * multiplier * (until - from);
    discounted += 0.91 * multiplier * (std::exp(-rho * from) - std::exp(-rho * until)) / rho;
    from = until;
    multiplier -= 0.01;
  }
  EXPECT_NEAR(v.qalys(), plain, 1e-9);
  EXPECT_NEAR(v.discounted_qalys(), discounted, 1e-9);
}

}  // namespace
}  // namespace sojourn::outcomes::testing
