// A factor of 0 pauses a hazard, as a `when` that is false does: the same times to the bit, whatever the law does
// meanwhile, also where its end is passed. With an idle `piecewise` factor (the other way of inversion) the same times
// but for rounding.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

constexpr std::int64_t patients = 400;

std::string model_of(const std::string& time, const std::string& effects) {
  return "sojourn: 1\ntitle: t\nhorizon: 30 years\nseed: 4\n"
         "cohort: {attributes: {age: {uniform: {min: 0 years, max: 1 year}}}}\n"
         "attributes: {paused: {initial: false}, level: {initial: 1}}\n"
         "states: {a: {initial: true}, b: {absorbing: true}}\n"
         "transitions: [{name: out, from: a, to: b, clock: forward, time: {" +
         time + "}, " + effects +
         "}]\n"
         "events:\n"
         "  stop: {in: a, time: {fixed: 6 months}, sets: {paused: true}}\n"
         "  go: {in: a, time: {fixed: 3 years}, sets: {paused: false}}\n"
         "  more: {in: a, time: {fixed: 4 years}, sets: {level: 1.5}}\n"
         "  less: {in: a, time: {fixed: 5 years}, sets: {level: 0.2}}\n";
}

std::vector<double> times(const std::string& time, const std::string& effects) {
  const World world(model_of(time, effects));
  std::vector<double> all;
  each_life(world, patients, [&](std::size_t, std::int64_t, const history::PatientHistory& history) {
    all.push_back(Life(history).entry(world.state("b")));
  });
  return all;
}

class Pauses : public ::testing::TestWithParam<const char*> {};

TEST_P(Pauses, AFactorOfZeroIsAConditionThatDoesNotHold) {
  const std::string time = GetParam();
  const auto factor = times(time, "hazard_ratio: [\"paused ? 0 : 1\", level]");
  const auto condition = times(time, "when: not paused, hazard_ratio: level");
  const auto segments = times(
      time,
      "hazard_ratio: [\"paused ? 0 : 1\", level, {piecewise: {clock: forward, times: [2.5 years], values: [1, 1]}}]");
  std::size_t before = 0, later = 0;
  for (std::size_t p = 0; p < factor.size(); ++p) {
    ASSERT_EQ(factor[p], condition[p]) << p;
    ASSERT_TRUE(factor[p] == segments[p] || std::abs(factor[p] / segments[p] - 1) < 1e-11) << p;
    ASSERT_FALSE(factor[p] > 0.5 && factor[p] < 3) << p;
    ++(factor[p] <= 0.5 ? before : later);
  }
  EXPECT_GT(later, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    All, Pauses,
    ::testing::Values("exponential: {rate: 0.5 per year}", "weibull: {shape: 1.4, scale: 3 years}",
                      "gompertz: {shape: -0.4 per year, rate: 0.6 per year}",
                      "lognormal: {median: 2 years, sdlog: 0.8}", "loglogistic: {shape: 1.5, scale: 3 years}",
                      "gamma: {shape: 2, rate: 0.7 per year}",
                      "generalized_gamma: {mu: 1, sigma: 0.9, Q: 1.8, unit: years}",
                      "piecewise_exponential: {time: [0 days, 2 years], rate: [0.8 per year, 0.2 per year]}",
                      "tabulated: {times: [1 year, 2 years], survival: [0.5, 0], beyond: never}",
                      "tabulated: {times: [1 year, 3.5 years, 7 years], survival: [0.7, 0.5, 0], beyond: never}",
                      "truncated: {max: 2 years, exponential: {rate: 0.5 per year}}",
                      "truncated: {max: 4.5 years, weibull: {shape: 1.4, scale: 3 years}}",
                      "cure: {fraction: 0.3, uncured: {truncated: {max: 2 years, exponential: {rate: 1 per year}}}}",
                      "mixture: [{weight: 1, weibull: {shape: 1.2, scale: 6 months}}, {weight: 1, truncated: {max: 2 "
                      "years, exponential: {rate: 1 per year}}}]"));

}  // namespace
}  // namespace sojourn::engine::testing
