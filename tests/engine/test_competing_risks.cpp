// Competing risks against closed forms and quadrature; the US life table on the age clock against R's survival package.
#include <gtest/gtest.h>

#include <array>

#include "engine/statistics.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

// With rates r_i of sum r: P(cause i by t) = r_i/r (1 - exp(-r t)), and cause and time are independent.
// 3 x 4 shares at 1e-8, one Kolmogorov-Smirnov and three means at 1e-6: false alarm 4e-6.
TEST(CompetingRisks, ExponentialsInClosedForm) {
  const World world(R"(
sojourn: 1
title: Competing exponentials
horizon: 100 years
seed: 8
states: {a: {initial: true}, b: {absorbing: true}, c: {absorbing: true}, d: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {exponential: {rate: 0.5 per year}}}
  - {from: a, to: c, time: {exponential: {rate: 0.3 per year}}}
  - {from: a, to: d, time: {exponential: {rate: 0.2 per year}}}
)");
  constexpr std::int64_t n = 200'000;
  const std::array<double, 3> rates = {0.5, 0.3, 0.2};
  const std::array<double, 4> times = {0.1, 1, 3, 50};
  std::array<std::array<std::int64_t, 4>, 3> counts{};
  std::vector<double> all;
  std::array<std::vector<double>, 3> of_cause;
  each_life(world, n, [&](std::size_t, std::int64_t, const history::PatientHistory& life) {
    const auto cause = static_cast<std::size_t>(life.cause[0]);
    all.push_back(life.stop[0]);
    of_cause[cause].push_back(life.stop[0]);
    for (std::size_t i = 0; i < times.size(); ++i) counts[cause][i] += life.stop[0] <= times[i];
  });
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_TRUE(mean_is(of_cause[k], 1, z_one_in_a_million)) << "cause " << k;
    for (std::size_t i = 0; i < times.size(); ++i) {
      EXPECT_TRUE(share_is(counts[k][i], n, rates[k] * -std::expm1(-times[i]), z_one_in_hundred_million));
    }
  }
  EXPECT_TRUE(distributed_as(all, [](double t) { return -std::expm1(-t); }));
}

// P(cause i by t) = integral of h_i S1 S2 over 0..t, by Simpson's rule. On the forward clock patients come at risk
// after an exponential wait, so the integral is over that too. 2 x 2 x 3 numbers at 1e-8: false alarm 1e-7.
TEST(CompetingRisks, GompertzAgainstWeibullByQuadrature) {
  constexpr double shape = 0.12, rate = 0.05, k = 1.6, scale = 7, wait = 0.4;
  const auto gompertz = [](double t) { return rate / shape * std::expm1(shape * t); };
  const auto weibull = [](double t) { return std::pow(t / scale, k); };
  const auto gompertz_hazard = [](double t) { return rate * std::exp(shape * t); };
  const auto weibull_hazard = [](double t) { return k / scale * std::pow(t / scale, k - 1); };
  constexpr std::int64_t n = 200'000;
  for (const std::string clock : {"reset", "forward"}) {
    const World world(R"(
sojourn: 1
title: Competing risks
horizon: 30 years
seed: 15
states: {wait: {initial: true}, a: {}, b: {absorbing: true}, c: {absorbing: true}}
transitions:
  - {from: wait, to: a, time: {exponential: {rate: 0.4 per year}}}
  - {name: to_b, from: a, to: b, clock: )" +
                      clock + R"(, time: {gompertz: {shape: 0.12 per year, rate: 0.05 per year}}}
  - {name: to_c, from: a, to: c, clock: )" +
                      clock + R"(, time: {weibull: {shape: 1.6, scale: 7 years}}}
)");
    // by s years after entry into a
    const std::array<double, 3> times = {1, 4, 9};
    std::array<std::array<std::int64_t, 3>, 2> counts{};
    const std::int16_t first = world.declaration("to_b");
    each_life(world, n, [&](std::size_t, std::int64_t, const history::PatientHistory& life) {
      for (std::size_t i = 0; life.state.size() == 3 && i < times.size(); ++i) {
        counts[life.cause[1] == first ? 0 : 1][i] += life.stop[1] - life.start[1] <= times[i];
      }
    });
    // from entry at u; the horizon cuts those who enter late
    const auto by = [&](int cause, double u, double s) {
      const double from = clock == "reset" ? 0 : u;
      const auto density = [&](double x) {
        return (cause == 0 ? gompertz_hazard(x) : weibull_hazard(x)) *
               std::exp(-(gompertz(x) - gompertz(from) + weibull(x) - weibull(from)));
      };
      return integral(density, from, from + std::min(s, 30 - u), 200);
    };
    for (int cause = 0; cause < 2; ++cause) {
      for (std::size_t i = 0; i < times.size(); ++i) {
        const auto joint = [&](double u) { return wait * std::exp(-wait * u) * by(cause, u, times[i]); };
        const double p = integral(joint, 0, 30 - times[i], 400) + integral(joint, 30 - times[i], 30, 400);
        EXPECT_TRUE(share_is(counts[static_cast<std::size_t>(cause)][i], n, p, z_one_in_hundred_million))
            << clock << ", cause " << cause << ", " << times[i] << " years";
      }
    }
  }
}

// 7 ages at entry x 2 sexes x 5 times at 1e-8: false alarm 7e-7. Rates off by one year of age, or days a year of 365,
// miss by more.
TEST(LifeTable, ExpectedSurvivalByAgeAndSex) {
  const World world(R"(
sojourn: 1
title: US 2010
horizon: 20 years
seed: 2010
cohort:
  attributes:
    group: {categorical: {a1: 1, a10: 1, a20: 1, a30: 1, a45: 1, a60: 1, a75: 1}}
    age:
      cases:
        - {when: "group == a1", draw: {value: 1 year}}
        - {when: "group == a10", draw: {value: 10 years}}
        - {when: "group == a20", draw: {value: 20 years}}
        - {when: "group == a30", draw: {value: 30 years}}
        - {when: "group == a45", draw: {value: 45 years}}
        - {when: "group == a60", draw: {value: 60 years}}
        - {draw: {value: 75 years}}
    sex: {categorical: {male: 1, female: 1}}
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions:
  - {from: alive, to: dead, clock: age, time: {life_table: {file: us.csv, by: sex, beyond: hold}}}
)",
                    {{"us.csv", data_text("us_2010_daily_rates.csv")}});
  constexpr std::int64_t n = 1'400'000;
  const std::array<int, 7> ages = {1, 10, 20, 30, 45, 60, 75};
  const std::array<int, 5> years = {1, 2, 5, 10, 20};
  std::array<std::array<std::array<std::int64_t, 6>, 2>, 7> counts{};  // the last: all
  const auto group = static_cast<std::size_t>(world.attribute("group"));
  const auto sex = static_cast<std::size_t>(world.attribute("sex"));
  RunOptions options;
  options.patients = n;
  run(world.programs, options, [&](const history::Block& block) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      const auto life = block.patient(0, p);
      auto& mine = counts[static_cast<std::size_t>(block.baseline_value(0, group, p))]
                         [static_cast<std::size_t>(block.baseline_value(0, sex, p))];
      ++mine[5];
      for (std::size_t i = 0; i < years.size(); ++i) mine[i] += life.state.size() == 1 || life.start[1] > years[i];
    }
    return std::function<void()>();
  });
  const auto rows = data_rows("us_2010_expected_survival.csv");
  ASSERT_EQ(rows.size(), 70U);
  for (const auto& row : rows) {
    const auto a = static_cast<std::size_t>(std::find(ages.begin(), ages.end(), std::stoi(row[0])) - ages.begin());
    const auto y = static_cast<std::size_t>(std::find(years.begin(), years.end(), std::stoi(row[2])) - years.begin());
    ASSERT_LT(a, ages.size());
    ASSERT_LT(y, years.size());
    const auto& mine = counts[a][row[1] == "male" ? 0 : 1];
    EXPECT_TRUE(share_is(mine[y], mine[5], std::stod(row[3]), z_one_in_hundred_million))
        << row[1] << " aged " << row[0] << ", " << row[2] << " years";
  }
}

// Entering a state late leaves the age clock alone: survival from entry is that of the age reached. 1e-6.
TEST(LifeTable, TheClockRunsBeforeThePatientIsAtRisk) {
  const World world(R"(
sojourn: 1
title: Late entry
horizon: 30 years
seed: 5
cohort: {attributes: {age: {value: 58.5 years}}}
states: {safe: {initial: true}, exposed: {}, dead: {absorbing: true}}
transitions:
  - {from: safe, to: exposed, time: {fixed: 1.5 years}}
  - {from: exposed, to: dead, clock: age, time: {life_table: {file: t.csv, beyond: hold}}}
)",
                    {{"t.csv", [] {
                        std::string text = "age,rate\n";
                        for (int a = 0; a < 100; ++a)
                          text += std::to_string(a) + "," + (a < 60 ? "0" : a < 61 ? "0.5" : "0.1") + "\n";
                        return text;
                      }()}});
  constexpr std::int64_t n = 100'000;
  const auto counts = occupancy(world, n, {1.5, 2.5, 4.5});
  EXPECT_EQ(counts[0][2], 0);
  EXPECT_TRUE(share_is(counts[1][1], n, std::exp(-0.5), z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[2][1], n, std::exp(-0.7), z_one_in_a_million));
}

}  // namespace
}  // namespace sojourn::engine::testing
