// How axes are combined: against what the designs are defined to be.
#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "base/number_text.hpp"
#include "pieces.hpp"
#include "sweep/sobol.hpp"

namespace sojourn::sweep {
namespace {

std::vector<std::string> words(const Scenarios& scenarios) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < scenarios.size(); ++i) found.push_back(scenarios.words(i));
  return found;
}

TEST(Designs, AxesAreCrossedTheFirstSlowest) {
  const Scenarios made = scenarios_of(
      "axes:\n  h: {parameter: hr, values: [0.2, 0.4]}\n  w: {parameter: wait, values: [1 month, 2 months, 3 "
      "months]}\n");
  EXPECT_THAT(words(made), testing::ElementsAre("h 0.2, w 1 month", "h 0.2, w 2 months", "h 0.2, w 3 months",
                                                "h 0.4, w 1 month", "h 0.4, w 2 months", "h 0.4, w 3 months"));
}

TEST(Designs, ZippedAxesGoTogether) {
  const Scenarios made = scenarios_of(
      "axes:\n  h: {parameter: hr, values: [0.2, 0.4]}\n  r: {parameter: rate, values: [1 per year, 2 per year]}\n"
      "  w: {parameter: wait, from: 10 days, to: 20 days, steps: 2}\ndesigns: [{zip: [h, w]}]\n");
  EXPECT_THAT(words(made), testing::ElementsAre("h 0.2, r 1 per year, w 10 days", "h 0.2, r 2 per year, w 10 days",
                                                "h 0.4, r 1 per year, w 20 days", "h 0.4, r 2 per year, w 20 days"));
}

TEST(Designs, RangesAreEven) {
  const Scenarios linear = scenarios_of("axes: {w: {parameter: wait, from: 0.1 months, to: 0.5 months, steps: 5}}\n");
  EXPECT_THAT(words(linear),
              testing::ElementsAre("w 0.1 months", "w 0.2 months", "w 0.3 months", "w 0.4 months", "w 0.5 months"));
  const Scenarios log = scenarios_of("axes: {h: {parameter: hr, from: 0.125, to: 2, steps: 5, scale: log}}\n");
  EXPECT_THAT(words(log), testing::ElementsAre("h 0.125", "h 0.25", "h 0.5", "h 1", "h 2"));
}

// Every slice of every axis holds one point, whatever the seed; and the point is not always at the same place in it.
TEST(Designs, ALatinHypercubeHasAPointInEverySlice) {
  for (const int seed : {1, 2, 77}) {
    const Scenarios made = scenarios_of(
        "axes:\n  h: {parameter: hr, from: 0.5, to: 1.5}\n  w: {parameter: wait, from: 0 days, to: 100 days}\n"
        "designs: [{latin_hypercube: {axes: [h, w], points: 50, seed: " +
        std::to_string(seed) + "}}]\n");
    ASSERT_EQ(made.size(), 50U);
    std::set<int> slices[2];
    std::set<int> within;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const double h = (made.number(0, made.points().of(i)[0]) - 0.5) * 50;
      const double w = made.number(1, made.points().of(i)[1]) * 365.25 / 2;
      slices[0].insert(static_cast<int>(h));
      slices[1].insert(static_cast<int>(w));
      within.insert(static_cast<int>((h - std::floor(h)) * 10));
    }
    EXPECT_EQ(slices[0].size(), 50U);
    EXPECT_EQ(slices[1].size(), 50U);
    EXPECT_GE(within.size(), 6U);
  }
}

// The first points of two dimensions: Joe and Kuo's table of direction numbers, worked out by hand.
TEST(Designs, SobolsSequenceIsTheKnownOne) {
  EXPECT_THAT(sobol_points(7, 2), testing::ElementsAre(0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0.375, 0.375, 0.875, 0.875,
                                                       0.625, 0.125, 0.125, 0.625));
}

// A sum over the points of a smooth function of three axes comes nearer to its integral than 1 / (2 sqrt(n)) of random
// points would.
TEST(Designs, SobolsPointsFillTheSpace) {
  const std::size_t n = 4095;
  const std::vector<double> u = sobol_points(n, 3);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += u[3 * i] * u[3 * i + 1] * u[3 * i + 2];
  EXPECT_NEAR(sum / static_cast<double>(n), 0.125, 0.001);
}

TEST(Designs, TablesAreCrossedWithTheRest) {
  const Scenarios made = scenarios_of(
      "axes: {h: {parameter: hr}, w: {parameter: wait}, r: {parameter: rate, values: [1 per year, 2 per year]}}\n"
      "designs: [{table: points.csv}]\n",
      {{"points.csv", "w,h\n10 days,0.2\n20 days,0.3\n10 days,0.4\n"}});
  EXPECT_EQ(made.size(), 6U);
  EXPECT_EQ(made.words(5), "h 0.4, w 10 days, r 2 per year");
}

TEST(Designs, ExclusionsAreExpressionsOverTheAxes) {
  const Scenarios made = scenarios_of(
      "axes:\n  h: {parameter: hr, values: [0.2, 0.4]}\n  w: {parameter: wait, values: [1 month, 60 days]}\n"
      "  rule: {path: branches.treat.when, cases: {old: age > 60 years, risk: high_risk}}\n"
      "exclude: [\"h > 0.3 and w > 59 days\", \"rule == old and h < 0.3\"]\n");
  EXPECT_THAT(words(made), testing::ElementsAre("h 0.2, w 1 month, rule risk", "h 0.2, w 60 days, rule risk",
                                                "h 0.4, w 1 month, rule old", "h 0.4, w 1 month, rule risk"));
}

TEST(Designs, ADrawnDesignIsTheSameEachTime) {
  const std::string text =
      "axes: {h: {parameter: hr, from: 0.5, to: 1.5}}\ndesigns: [{latin_hypercube: {axes: h, points: 5}}]\n";
  EXPECT_EQ(scenarios_of(text).ids(), scenarios_of(text).ids());
}

}  // namespace
}  // namespace sojourn::sweep
