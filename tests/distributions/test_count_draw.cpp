// Counts: R's quantiles digit by digit, sums of probabilities written here, bounds.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "csv.hpp"
#include "distributions/count_draw.hpp"

namespace sojourn::distributions {
namespace {

TEST(CountDraw, QuantilesOfR) {
  std::size_t seen = 0;
  for (const test::CsvRow& row : test::read_csv("count_quantiles.csv")) {
    const bool poisson = row.at("family") == "poisson";
    const AttributeDraw draw{poisson ? DrawKind::poisson : DrawKind::negative_binomial, test::number(row, "mean"),
                             test::number(row, "dispersion")};
    EXPECT_EQ(drawn_at(draw, test::number(row, "u")), test::number(row, "k"))
        << row.at("family") << " " << draw.a << " " << draw.b << " at " << row.at("u");
    ++seen;
  }
  EXPECT_EQ(seen, 1230U);
}

// P(0), P(1), ... by their recurrences, in long double.
std::vector<long double> probabilities(long double mean, long double dispersion) {
  std::vector<long double> all;
  const long double odds = mean * dispersion;
  long double p = dispersion == 0 ? std::exp(-mean) : std::pow(1 + odds, -1 / dispersion);
  for (int k = 0; k < 400; ++k) {
    all.push_back(p);
    p *= (mean + static_cast<long double>(k) * odds) / ((1 + odds) * static_cast<long double>(k + 1));
  }
  return all;
}

// Just below and just above each step of F, where its rounding would show.
TEST(CountDraw, StepsAreWhereTheSumsAre) {
  for (const double mean : {0.3, 4.0, 25.0}) {
    for (const double dispersion : {0.0, 0.2, 1.5}) {
      const AttributeDraw draw{DrawKind::negative_binomial, mean, dispersion};
      const auto p = probabilities(mean, dispersion);
      long double below = 0;
      for (std::size_t k = 0; k < 40; ++k) {
        below += p[k];
        const auto step = static_cast<double>(below);
        if (step < 1e-9 || step > 1 - 1e-9) continue;
        EXPECT_EQ(drawn_at(draw, step * (1 - 1e-12)), static_cast<double>(k)) << mean << " " << dispersion;
        EXPECT_EQ(drawn_at(draw, step + 1e-12), static_cast<double>(k + 1)) << mean << " " << dispersion;
      }
    }
  }
}

TEST(CountDraw, WithoutDispersionItIsPoisson) {
  for (const double u : {0x1p-53, 0.01, 0.5, 0.77, 1 - 0x1p-53}) {
    EXPECT_EQ(drawn_at({DrawKind::negative_binomial, 7.5, 0}, u), drawn_at({DrawKind::poisson, 7.5}, u));
  }
}

TEST(CountDraw, BetweenBounds) {
  const auto p = probabilities(2.5L, 0);
  const long double all = p[2] + p[3] + p[4];
  const AttributeDraw draw{DrawKind::poisson, 2.5, 0, 0, 1.5, 4.9};
  const auto step = [&](long double sum) { return static_cast<double>(sum / all); };
  EXPECT_EQ(drawn_at(draw, 0x1p-53), 2);
  EXPECT_EQ(drawn_at(draw, step(p[2]) - 1e-12), 2);
  EXPECT_EQ(drawn_at(draw, step(p[2]) + 1e-12), 3);
  EXPECT_EQ(drawn_at(draw, step(p[2] + p[3]) - 1e-12), 3);
  EXPECT_EQ(drawn_at(draw, step(p[2] + p[3]) + 1e-12), 4);
  EXPECT_EQ(drawn_at(draw, 1 - 0x1p-53), 4);
  // Far out in the upper tail, where F is 1 to all digits.
  const AttributeDraw far{DrawKind::poisson, 2.5, 0, 0, 60, 62};
  const long double far_all = p[60] + p[61] + p[62];
  EXPECT_EQ(drawn_at(far, static_cast<double>(p[60] / far_all) - 1e-11), 60);
  EXPECT_EQ(drawn_at(far, static_cast<double>(p[60] / far_all) + 1e-11), 61);
  EXPECT_EQ(drawn_at(far, 1 - 0x1p-53), 62);
  // Without nobody: zero-truncated.
  EXPECT_EQ(drawn_at({DrawKind::poisson, 0.01, 0, 0, 1}, 0x1p-53), 1);
  for (const AttributeDraw& none :
       {AttributeDraw{DrawKind::poisson, 2, 0, 0, 1.2, 1.8}, AttributeDraw{DrawKind::poisson, 2, 0, 0, -5, -1},
        AttributeDraw{DrawKind::poisson, 2, 0, 0, 4, 3}, AttributeDraw{DrawKind::negative_binomial, 0, 1, 0, 1}}) {
    EXPECT_TRUE(std::isnan(drawn_at(none, 0.5)));
  }
}

TEST(CountDraw, Extremes) {
  EXPECT_EQ(drawn_at({DrawKind::poisson, 0}, 0.9999), 0);
  EXPECT_TRUE(countable({DrawKind::negative_binomial, 10, 1e6}));
  EXPECT_FALSE(countable({DrawKind::negative_binomial, 11, 1e6}));
  EXPECT_FALSE(countable({DrawKind::poisson, 1.1e6}));
  EXPECT_FALSE(countable({DrawKind::poisson, -1}));
  EXPECT_FALSE(countable({DrawKind::negative_binomial, 1, 1e-9}));
  double last = 0;
  for (const double u : {0x1p-53, 1e-3, 0.5, 0.999, 1 - 0x1p-53}) {
    const double k = drawn_at({DrawKind::negative_binomial, 1e6, 10}, u);
    EXPECT_TRUE(k >= last && k < 1e9) << u;
    last = k;
  }
}

}  // namespace
}  // namespace sojourn::distributions
