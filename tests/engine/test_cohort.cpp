// Baseline attributes: each kind of draw against its distribution, from formulas written here.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/uniform.hpp"
#include "engine/cohort_sample.hpp"
#include "engine/statistics.hpp"

namespace sojourn::engine::testing {
namespace {

double normal(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

// Eleven Kolmogorov-Smirnov tests at 1e-6.
TEST(Cohort, ContinuousDraws) {
  const World world = cohort(R"(
    u: {uniform: {min: 1 year, max: 20 years}}
    n: {normal: {mean: 3, sd: 2}}
    l: {lognormal: {median: 4, sdlog: 0.5}}
    g: {logit_normal: {median: 0.3, sd: 1.5}}
    b: {beta: {shape1: 2, shape2: 3}}
    m: {beta: {mean: 0.4, sd: 0.2}}
    e: {gamma: {mean: 6, shape: 1}}
    h: {gamma: {mean: 6, shape: 3}}
    x: {exponential: {mean: 6}}
    w: {weibull: {shape: 2, scale: 3 years}}
    t: {triangular: {min: 1, mode: 2, max: 5}}
)");
  const auto drawn = draw(world, 20'000);
  const auto beta23 = [](double x) { return x * x * (6 - 8 * x + 3 * x * x); };  // 12 x (1-x)^2 integrated
  EXPECT_TRUE(distributed_as(drawn[0], [](double x) { return (x - 1) / 19; }));
  EXPECT_TRUE(distributed_as(drawn[1], [](double x) { return normal((x - 3) / 2); }));
  EXPECT_TRUE(distributed_as(drawn[2], [](double x) { return normal(std::log(x / 4) / 0.5); }));
  EXPECT_TRUE(
      distributed_as(drawn[3], [](double x) { return normal((std::log(x / (1 - x)) - std::log(0.3 / 0.7)) / 1.5); }));
  EXPECT_TRUE(distributed_as(drawn[4], beta23));
  EXPECT_TRUE(distributed_as(drawn[5], beta23));  // mean 2/5 and sd 1/5 are shapes 2 and 3
  EXPECT_TRUE(distributed_as(drawn[6], [](double x) { return -std::expm1(-x / 6); }));
  EXPECT_TRUE(distributed_as(drawn[7], [](double x) {  // rate 1/2
    return 1 - std::exp(-x / 2) * (1 + x / 2 + x * x / 8);
  }));
  EXPECT_TRUE(distributed_as(drawn[8], [](double x) { return -std::expm1(-x / 6); }));
  EXPECT_TRUE(distributed_as(drawn[9], [](double x) { return -std::expm1(-x * x / 9); }));
  EXPECT_TRUE(
      distributed_as(drawn[10], [](double x) { return x < 2 ? (x - 1) * (x - 1) / 4 : 1 - (5 - x) * (5 - x) / 12; }));
}

// Chi-square with 3 degrees of freedom beyond 30.66 has probability 1e-6; then shares at 1e-6.
TEST(Cohort, DiscreteDraws) {
  const World world = cohort(R"(
    kind: {categorical: {a: 292, never: 0, b: 51, c: 7, d: 150}}
    some: {probability: 0.1}
    last: {categorical: {x: 1, y: 3, none: 0}}
    sure: {probability: 1}
    no_one: {probability: 0}
)");
  constexpr std::int64_t n = 50'000;
  const auto drawn = draw(world, n);
  std::array<std::int64_t, 5> counts{};
  for (const double k : drawn[0]) ++counts[static_cast<std::size_t>(k)];
  EXPECT_EQ(counts[1], 0);
  const std::array<double, 5> weights = {292, 0, 51, 7, 150};
  double chi = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    const double expected = static_cast<double>(n) * weights[k] / 500;
    if (expected > 0) chi += std::pow(static_cast<double>(counts[k]) - expected, 2) / expected;
  }
  EXPECT_LT(chi, 30.66);
  const auto sum = [&](std::size_t a) {
    return static_cast<std::int64_t>(std::accumulate(drawn[a].begin(), drawn[a].end(), 0.0));
  };
  EXPECT_TRUE(share_is(sum(1), n, 0.1, z_one_in_a_million));
  EXPECT_TRUE(share_is(sum(2), n, 0.75, z_one_in_a_million));
  EXPECT_EQ(sum(3), n);
  EXPECT_EQ(sum(4), 0);
}

// Chi-square over the counts 0 .. 5 and more, 6 degrees of freedom: beyond 38.26 with probability 1e-6. The third is
// Poisson given that it is not 0; the fourth takes its mean from the first.
TEST(Cohort, Counts) {
  const World world = cohort(R"(
    relapses: {poisson: {mean: 1.7}}
    admissions: {negative_binomial: {mean: 1.7, dispersion: 0.9}}
    lesions: {poisson: {mean: 1.7, min: 1}}
    more: {poisson: {mean: "relapses"}}
)");
  constexpr std::int64_t n = 50'000;
  const auto drawn = draw(world, n);
  const auto chi_square = [&](const std::vector<double>& sample, double first, double odds, double zero) {
    std::array<double, 7> expected{}, counts{};
    double rest = 1 - zero, p = first;  // first: P(0); odds: mean x dispersion
    for (std::size_t k = 0; k < 6; ++k) {
      expected[k] = k == 0 && zero > 0 ? 0 : p / (1 - zero);
      if (k > 0 || zero == 0) rest -= p;
      p *= (1.7 + static_cast<double>(k) * odds) / ((1 + odds) * static_cast<double>(k + 1));
    }
    expected[6] = rest / (1 - zero);
    for (const double x : sample) counts[std::min<std::size_t>(static_cast<std::size_t>(x), 6)] += 1;
    double chi = 0;
    for (std::size_t k = 0; k < 7; ++k) {
      const double size = static_cast<double>(n) * expected[k];
      if (expected[k] > 0) chi += (counts[k] - size) * (counts[k] - size) / size;
      if (expected[k] == 0) {
        EXPECT_EQ(counts[k], 0);
      }
    }
    return chi;
  };
  EXPECT_LT(chi_square(drawn[0], std::exp(-1.7), 0, 0), 38.26);
  EXPECT_LT(chi_square(drawn[1], std::pow(1 + 0.9 * 1.7, -1 / 0.9), 0.9 * 1.7, 0), 38.26);
  EXPECT_LT(chi_square(drawn[2], std::exp(-1.7), 0, std::exp(-1.7)), 38.26);
  std::vector<double> of_three;
  for (std::size_t p = 0; p < drawn[0].size(); ++p) {
    if (drawn[0][p] == 0) {
      EXPECT_EQ(drawn[3][p], 0);
    }
    if (drawn[0][p] == 3) of_three.push_back(drawn[3][p]);
  }
  EXPECT_TRUE(mean_is(of_three, 3, z_one_in_a_million));
}

// Attributes are drawn from different numbers: no correlation of their ranks. 3 pairs at 1e-6.
TEST(Cohort, AttributesAreIndependent) {
  const World world = cohort(R"(
    a: {uniform: {min: 0, max: 1}}
    b: {uniform: {min: 0, max: 1}}
    c: {uniform: {min: 0, max: 1}}
)");
  const auto drawn = draw(world, 20'000);
  for (const auto& [i, j] : {std::pair{0U, 1U}, std::pair{0U, 2U}, std::pair{1U, 2U}}) {
    double r = 0;
    for (std::size_t p = 0; p < drawn[0].size(); ++p) r += 12 * (drawn[i][p] - 0.5) * (drawn[j][p] - 0.5);
    EXPECT_LT(std::abs(r) / std::sqrt(20'000.0), z_one_in_a_million) << i << " and " << j;
  }
}

// Later attributes see earlier ones: in their cases, parameters and values.
TEST(Cohort, CasesAndEarlierAttributes) {
  const World world = cohort(R"(
    type: {categorical: {marrow: 1, other: 1}}
    burden:
      cases:
        - {when: "type == marrow", draw: {uniform: {min: low, max: 2 * low}}}
        - {draw: {value: 0.01}}
    high: {value: "burden >= 1.5 * low"}
    risk: {probability: "high ? 1 : 0"}
    weight: {normal: {mean: "100 * burden", sd: 0}}
)",
                             "parameters: {low: 0.5}\n");
  const auto drawn = draw(world, 2'000);
  int marrow = 0, high = 0;
  for (std::size_t p = 0; p < 2'000; ++p) {
    const double burden = drawn[1][p];
    if (drawn[0][p] == 0) {
      ++marrow;
      EXPECT_TRUE(burden > 0.5 && burden < 1);
    } else {
      EXPECT_EQ(burden, 0.01);
    }
    EXPECT_EQ(drawn[2][p] != 0, burden >= 0.75);
    EXPECT_EQ(drawn[3][p], drawn[2][p]);
    EXPECT_EQ(drawn[4][p], 100 * burden);
    high += drawn[2][p] != 0;
  }
  EXPECT_TRUE(share_is(marrow, 2'000, 0.5, z_one_in_a_million));
  EXPECT_TRUE(share_is(high, marrow, 0.5, z_one_in_a_million));
}

// One addressed number an attribute, by its name alone; a `value` takes none.
TEST(Cohort, AddressOfADraw) {
  const World world =
      cohort("    a: {uniform: {min: 0, max: 1}}\n    twice: {value: 2 * a}\n    b: {probability: 0.5}\n");
  Recorder recorder;
  std::vector<double> values(3);
  EXPECT_EQ(draw_attributes(world.programs[0], 77, values, &recorder), 2U);
  ASSERT_EQ(recorder.drawn.size(), 3U);
  EXPECT_EQ(recorder.drawn[0].u, uniforms({12, 0}, {77, 0, fnv1a32("a"), 0}).first);
  EXPECT_TRUE(std::isnan(recorder.drawn[1].u));
  EXPECT_EQ(recorder.drawn[2].u, uniforms({12, 0}, {77, 0, fnv1a32("b"), 0}).first);
  EXPECT_EQ(values[0], recorder.drawn[0].u);
  EXPECT_EQ(values[1], 2 * values[0]);
}

// Between bounds: two Kolmogorov-Smirnov tests at 1e-6; the bounds may depend on the patient.
TEST(Cohort, TruncatedDraws) {
  const World world = cohort(R"(
    n: {normal: {mean: 3, sd: 2, min: 2, max: 4.5}}
    l: {lognormal: {median: 4 years, sdlog: 0.5, max: 5 years}}
    low: {uniform: {min: 0, max: 1}}
    g: {gamma: {mean: 2, shape: 3, min: low, max: "low + 0.5"}}
    far: {normal: {mean: 0, sd: 1, min: 8, max: 9}}
)");
  const auto drawn = draw(world, 20'000);
  const double all = normal(0.75) - normal(-0.5);
  EXPECT_TRUE(distributed_as(drawn[0], [&](double x) { return (normal((x - 3) / 2) - normal(-0.5)) / all; }));
  EXPECT_TRUE(
      distributed_as(drawn[1], [](double x) { return normal(std::log(x / 4) / 0.5) / normal(std::log(1.25) / 0.5); }));
  for (std::size_t p = 0; p < 20'000; ++p) {
    ASSERT_TRUE(drawn[3][p] >= drawn[2][p] && drawn[3][p] <= drawn[2][p] + 0.5);
    ASSERT_TRUE(drawn[4][p] >= 8 && drawn[4][p] <= 9);
  }
}

// What cannot be drawn stops the run and names patient, strategy and attribute; the first such patient, on any number
// of threads.
TEST(Cohort, WhatCannotBeDrawnIsAnError) {
  const std::array<std::pair<const char*, const char*>, 14> wrong = {{
      {"probability: \"a > 0.999 ? 1.5 : 0.5\"", "the probability is 1.5"},
      {"probability: \"a > 0.999 ? sqrt(0 - a) : 0.5\"", "the probability is"},
      {"normal: {mean: 0, sd: \"a > 0.999 ? -1 : 1\"}", "the sd is -1"},
      {"uniform: {min: 0, max: \"a > 0.999 ? -1 : 1\"}", "max - min is -1"},
      {"beta: {mean: 0.5, sd: \"a > 0.999 ? 0.6 : 0.1\"}", "beta"},
      {"categorical: {x: \"a > 0.999 ? 0 - 1 : 1\", y: 1}", "weight is -1"},
      {"categorical: {x: \"a > 0.999 ? 0 : 1\", y: 0}", "all weights are 0"},
      {"value: \"1 / (a > 0.999 ? 0 : 1)\"", "drawn as"},
      {"normal: {mean: 0, sd: 1, min: \"a > 0.999 ? 2 : 0\", max: 1}", "nothing can be drawn from 2 to 1"},
      {"triangular: {min: 0, mode: \"a > 0.999 ? 3 : 1\", max: 2}", "max - mode is -1"},
      {"weibull: {shape: \"a > 0.999 ? -1 : 1\", scale: 2}", "the shape is -1"},
      {"poisson: {mean: \"a > 0.999 ? -1 : 1\"}", "the mean is -1"},
      {"poisson: {mean: 1e-300, min: \"a > 0.999 ? 2 : 0\"}", "nothing can be drawn from 2 to inf"},
      {"negative_binomial: {mean: 10, dispersion: \"a > 0.999 ? 2e6 : 1\"}", "mean x dispersion is 2e+07"},
  }};
  for (const auto& [text, message] : wrong) {
    const World world = cohort(std::string("    a: {uniform: {min: 0, max: 1}}\n    z: {") + text + "}\n");
    std::int64_t first = 1;
    while (uniforms({12, 0}, {static_cast<std::uint64_t>(first), 0, fnv1a32("a"), 0}).first <= 0.999) ++first;
    const std::string error = error_of(world, 20'000);
    EXPECT_NE(error.find("patient " + std::to_string(first) + ", strategy base, attribute z: "), std::string::npos)
        << error;
    EXPECT_NE(error.find(message), std::string::npos) << error;
    EXPECT_EQ(error_of(world, 20'000, 2), error);
    EXPECT_EQ(error_of(world, 20'000, 7), error);
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
