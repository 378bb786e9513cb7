// How often branches choose what: probabilities with a rest, odds ratios, ordinal logistic, rules.
#include <gtest/gtest.h>

#include <array>

#include "engine/statistics.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

std::string branch(const std::string& choice) {
  return "sojourn: 1\ntitle: Branch\nhorizon: 1 year\nseed: 21\n"
         "cohort: {attributes: {x: {categorical: {low: 1, high: 1}}}}\n"
         "attributes: {k: {levels: [0, 1, 2, 3], initial: 0}}\n"
         "states: {a: {initial: true}, dead: {absorbing: true}}\n"
         "transitions: [{from: a, to: dead, time: {fixed: 1 year}}]\n"
         "branches:\n  pick: {on_entry: a, " +
         choice + "}\n";
}

// Shares of the options among those with x low and high.
std::array<std::array<std::int64_t, 5>, 2> picked(const std::string& choice) {
  const World world(branch(choice));
  std::array<std::array<std::int64_t, 5>, 2> counts{};  // the last: all
  for (std::int64_t patient = 1; patient <= 40'000; ++patient) {
    Recorder recorder;
    (void)live(world.programs[0], patient, &recorder);
    auto& mine = counts[static_cast<std::size_t>(recorder.drawn[0].value)];
    ++mine[static_cast<std::size_t>(recorder.branchings.at(0).option)];
    ++mine[4];
  }
  return counts;
}

void expect_shares(const std::string& choice, const std::array<std::array<double, 4>, 2>& expected) {
  const auto counts = picked(choice);
  for (std::size_t x = 0; x < 2; ++x) {
    for (std::size_t option = 0; option < 4; ++option) {
      EXPECT_TRUE(share_is(counts[x][option], counts[x][4], expected[x][option], z_one_in_a_million))
          << choice << ", " << (x == 0 ? "low" : "high") << ", option " << option;
    }
  }
}

// 16 shares at 1e-6 each. An option with probability 0 is never chosen: share_is is exact there.
TEST(Branches, Probabilities) {
  expect_shares("probabilities: {a1: \"x == low ? 0.1 : 0.3\", b1: rest, c1: 0.2, d1: 0}",
                {{{0.1, 0.7, 0.2, 0}, {0.3, 0.5, 0.2, 0}}});
  expect_shares("probabilities: {a1: \"x == low ? 0 : 1\", b1: \"x == low ? 1 : 0\"}", {{{0, 1, 0, 0}, {1, 0, 0, 0}}});
}

// The odds of the first option, whichever is the rest. 16 shares at 1e-6.
TEST(Branches, OddsRatios) {
  const double odds = 0.3 / 0.7 * 2.5, p = odds / (1 + odds);
  expect_shares("probabilities: {a1: 0.3, b1: rest}, odds_ratio: \"x == low ? 1 : 2.5\"",
                {{{0.3, 0.7, 0, 0}, {p, 1 - p, 0, 0}}});
  expect_shares("probabilities: {a1: rest, b1: 0.7}, odds_ratio: \"x == low ? 1 : 2.5\"",
                {{{0.3, 0.7, 0, 0}, {p, 1 - p, 0, 0}}});
}

// P(level <= j) = logistic(cutpoint_j - predictor): a higher predictor, higher levels. 8 shares at 1e-6.
TEST(Branches, OrdinalLogistic) {
  const auto below = [](double cutpoint, double predictor) { return 1 / (1 + std::exp(predictor - cutpoint)); };
  const auto levels = [&](double predictor) {
    const double p0 = below(-1, predictor), p1 = below(0.5, predictor), p2 = below(2, predictor);
    return std::array<double, 4>{p0, p1 - p0, p2 - p1, 1 - p2};
  };
  expect_shares(
      "ordinal_logistic: {levels: [0, 1, 2, 3], cutpoints: [-1, 0.5, 2], predictor: \"x == low ? 0 : 1.3\"}, sets: k",
      {levels(0), levels(1.3)});
}

TEST(Branches, Rules) {
  expect_shares("choose: \"x == low ? b1 : d1\", options: {a1: {}, b1: {}, c1: {}, d1: {}}",
                {{{0, 1, 0, 0}, {0, 0, 0, 1}}});
}

}  // namespace
}  // namespace sojourn::engine::testing
