// Rank correlations of cohort attributes: what they are, and what they leave alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/hash.hpp"
#include "base/uniform.hpp"
#include "engine/cohort_sample.hpp"
#include "engine/statistics.hpp"
#include "program/lower.hpp"

namespace sojourn::engine::testing {
namespace {

std::vector<double> ranks_of(const std::vector<double>& sample) {
  std::vector<std::size_t> order(sample.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sample[a] < sample[b]; });
  std::vector<double> ranks(sample.size());
  for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
  return ranks;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  const auto x = ranks_of(a), y = ranks_of(b);
  const auto n = static_cast<double>(x.size());
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - (n - 1) / 2) * (y[i] - (n - 1) / 2);
  return sum / (n * (n * n - 1) / 12);
}

// The standard error of Spearman's rho under a normal copula is largest, 1/sqrt(n), for rho = 0 (Croux and Dehon,
// Stat Methods Appl 2010;19:497-515): a false alarm is below 1e-6. With r = rho in place of 2 sin(pi rho / 6), rho
// would be 6/pi asin(rho / 2), which is 0.0181 less at 0.6, twice what is allowed here.
constexpr std::int64_t many = 400'000;
const double allowed = z_one_in_a_million / std::sqrt(static_cast<double>(many));

double standard_normal(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

// Four pairs at 1e-6; four Kolmogorov-Smirnov tests at 1e-6: correlation leaves each margin alone.
TEST(Correlation, OfContinuousMargins) {
  const World world = cohort(R"(
    n: {normal: {mean: 3, sd: 2}}
    l: {lognormal: {median: 4, sdlog: 0.5}}
    u: {uniform: {min: 1 year, max: 20 years}}
    g: {gamma: {mean: 6, shape: 3}}
)",
                             "", "  correlation: [[n, l, 0.6], [u, l, -0.55], [g, u, 0.3]]\n");
  const auto drawn = draw(world, many);
  EXPECT_NEAR(spearman(drawn[0], drawn[1]), 0.6, allowed);
  EXPECT_NEAR(spearman(drawn[1], drawn[2]), -0.55, allowed);
  EXPECT_NEAR(spearman(drawn[2], drawn[3]), 0.3, allowed);
  EXPECT_NEAR(spearman(drawn[0], drawn[2]), 0, allowed);
  EXPECT_TRUE(distributed_as(drawn[0], [](double x) { return standard_normal((x - 3) / 2); }));
  EXPECT_TRUE(distributed_as(drawn[1], [](double x) { return standard_normal(std::log(x / 4) / 0.5); }));
  EXPECT_TRUE(distributed_as(drawn[2], [](double x) { return (x - 1) / 19; }));
  EXPECT_TRUE(distributed_as(drawn[3], [](double x) { return 1 - std::exp(-x / 2) * (1 + x / 2 + x * x / 8); }));
}

// P(both below their medians) = 1/4 + asin(r) / (2 pi), for all 15 pairs of six attributes, each at 1e-6.
TEST(Correlation, QuadrantsOfSix) {
  std::string attributes, list;
  std::array<std::array<double, 6>, 6> rho{};
  for (std::size_t i = 0; i < 6; ++i) {
    attributes += "    x" + std::to_string(i) + ": {normal: {mean: 0, sd: 1}}\n";
    for (std::size_t j = 0; j < i; ++j) {
      rho[i][j] = ((i + j) % 2 == 0 ? 0.7 : -0.7) / static_cast<double>(i - j);
      list += (list.empty() ? "[x" : ", [x") + std::to_string(j) + ", x" + std::to_string(i) + ", " + exact(rho[i][j]) +
              "]";
    }
  }
  const auto drawn = draw(cohort(attributes, "", "  correlation: [" + list + "]\n"), many);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      std::int64_t below = 0;
      for (std::size_t p = 0; p < drawn[i].size(); ++p) below += drawn[i][p] < 0 && drawn[j][p] < 0;
      const double expected = 0.25 + std::asin(2 * std::sin(M_PI * rho[i][j] / 6)) / (2 * M_PI);
      EXPECT_TRUE(share_is(below, many, expected, z_one_in_a_million)) << i << ", " << j;
    }
  }
}

// The latent normal of a category or a boolean is cut where its levels meet: P(first level and false) is a probability
// of two normals (Owen: the derivative by r is the density at the corner), integrated here over r. Two shares at 1e-6.
TEST(Correlation, OfLevelsAndBooleans) {
  const World world = cohort("    c: {categorical: {low: 3, mid: 5, high: 2}}\n    b: {probability: 0.4}\n", "",
                             "  correlation: [[b, c, 0.5]]\n");
  const auto drawn = draw(world, many);
  const double r = 2 * std::sin(M_PI * 0.5 / 6), h = -0.5244005127080407, k = 0.2533471031357997;  // 0.3 and 0.6
  const double joint =
      0.3 * 0.6 + integral(
                      [&](double s) {
                        const double q = 1 - s * s;
                        return std::exp(-(h * h - 2 * s * h * k + k * k) / (2 * q)) / (2 * M_PI * std::sqrt(q));
                      },
                      0, r, 100);
  std::int64_t both = 0, low = 0, yes = 0;
  for (std::size_t p = 0; p < drawn[0].size(); ++p) {
    both += drawn[0][p] == 0 && drawn[1][p] == 0;
    low += drawn[0][p] == 0;
    yes += drawn[1][p] == 1;
  }
  EXPECT_TRUE(share_is(both, many, joint, z_one_in_a_million));
  EXPECT_TRUE(share_is(low, many, 0.3, z_one_in_a_million));
  EXPECT_TRUE(share_is(yes, many, 0.4, z_one_in_a_million));
}

// The first of a pair, and whatever is in no pair, is drawn as without correlation, to the bit; so are those whose
// correlation is 0. Inside uniforms stay inside.
TEST(Correlation, LeavesOthersAlone) {
  const std::string attributes = R"(
    a: {uniform: {min: 0, max: 1}}
    b: {uniform: {min: 0, max: 1}}
    free: {uniform: {min: 0, max: 1}}
    none: {uniform: {min: 0, max: 1}}
    later: {uniform: {min: 0, max: 1}}
)";
  const auto plain = draw(cohort(attributes), 5'000);
  const auto drawn =
      draw(cohort(attributes, "", "  correlation: [[b, a, 0.999999], [a, none, 0], [none, later, 0.2]]\n"), 5'000);
  for (const std::size_t same : {0U, 2U, 3U}) EXPECT_EQ(drawn[same], plain[same]) << same;
  EXPECT_NE(drawn[1], plain[1]);
  EXPECT_NE(drawn[4], plain[4]);
  for (std::size_t p = 0; p < 5'000; ++p) {
    EXPECT_NEAR(drawn[1][p], drawn[0][p], 0.01);
    EXPECT_TRUE(drawn[1][p] > 0 && drawn[1][p] < 1);
  }
}

// With cases the latent normal is the attribute's, whichever case holds; a computed case takes none of it.
TEST(Correlation, OfConditionalDraws) {
  const World world = cohort(R"(
    a: {normal: {mean: 0, sd: 1}}
    type: {probability: 0.5}
    b:
      cases:
        - {when: type, draw: {lognormal: {median: 2, sdlog: 1}}}
        - {draw: {value: 7}}
)",
                             "", "  correlation: [[a, b, 0.6]]\n");
  const auto drawn = draw(world, 2 * many);
  std::vector<double> a, b;
  for (std::size_t p = 0; p < drawn[0].size(); ++p) {
    if (drawn[1][p] == 0) {
      ASSERT_EQ(drawn[2][p], 7);
    } else if (a.size() < many) {
      a.push_back(drawn[0][p]);
      b.push_back(drawn[2][p]);
    }
  }
  EXPECT_NEAR(spearman(a, b), 0.6, z_one_in_a_million / std::sqrt(static_cast<double>(a.size())));
  Recorder recorder;
  std::vector<double> values(3);
  EXPECT_EQ(draw_attributes(world.programs[0], 1, values, &recorder), 3U);
  EXPECT_EQ(std::isnan(recorder.drawn[2].u), values[1] == 0);
}

// A strategy that changes a correlation draws its own cohort, at the same addresses; the first of the pair is the same.
TEST(Correlation, ChangedByAStrategy) {
  const World world = cohort("    a: {uniform: {min: 0, max: 1}}\n    b: {uniform: {min: 0, max: 1}}\n",
                             "parameters: {r: 0.2, other: 1}\nstrategies: {one: {}, same: {parameters: {other: 2}}, "
                             "more: {parameters: {r: \"0.2 + 0.3\"}}}\n",
                             "  correlation: [[a, b, \"r * 1\"]]\n");
  EXPECT_TRUE(program::same_cohort(world.programs[0], world.programs[1]));
  EXPECT_FALSE(program::same_cohort(world.programs[0], world.programs[2]));
  const auto one = draw(world, 100, 0), more = draw(world, 100, 2);
  EXPECT_EQ(one[0], more[0]);
  EXPECT_NE(one[1], more[1]);
  const auto of_a = uniforms({12, 0}, {1, 0, fnv1a32("a"), 0}).first,
             of_b = uniforms({12, 0}, {1, 0, fnv1a32("b"), 0}).first;
  EXPECT_EQ(one[0][0], of_a);
  EXPECT_NE(one[1][0], of_b);
}

TEST(Correlation, TruncationByAStrategy) {
  const World world = cohort("    a: {normal: {mean: 0, sd: 1, max: m}}\n",
                             "parameters: {m: 1}\nstrategies: {one: {}, less: {parameters: {m: 0}}}\n");
  EXPECT_FALSE(program::same_cohort(world.programs[0], world.programs[1]));
}

}  // namespace
}  // namespace sojourn::engine::testing
