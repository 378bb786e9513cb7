// Where patients start, against closed forms: several states to start in, by probability, by an attribute, and another
// under each strategy. Exponential stays: a -> b at rate p, b -> dead at rate q.
#include <gtest/gtest.h>

#include <array>

#include "engine/statistics.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

constexpr double p = 0.6, q = 0.25;  // [1/years]

double alive_from_b(double t) {
  return std::exp(-q * t);
}
double in_a(double t) {  // from a
  return std::exp(-p * t);
}
double alive_from_a(double t) {
  return in_a(t) + p / (p - q) * (std::exp(-q * t) - std::exp(-p * t));
}

// 5 strategies x 4 times x 2 shares at 1e-8: false alarm 4e-7.
TEST(Start, SurvivalFromSeveralStates) {
  const World world(R"(
sojourn: 1
title: Several starts
horizon: 20 years
seed: 5
cohort: {attributes: {late: {probability: 0.35}}}
states: {a: {}, b: {}, dead: {absorbing: true}}
start: {probabilities: {a: 0.7, b: rest}}
transitions:
  - {from: a, to: b, time: {exponential: {rate: 0.6 per year}}}
  - {from: b, to: dead, time: {exponential: {rate: 0.25 per year}}}
strategies:
  mixed: {reference: true}
  from_a: {start: a}
  from_b: {start: b}
  by_attribute: {start: "late ? b : a"}
  mostly_b: {start: {probabilities: {a: 0.1, b: rest}}}
)");
  constexpr std::int64_t n = 100'000;
  constexpr std::array<double, 5> share_a = {0.7, 1, 0, 0.65, 0.1};
  constexpr std::array<double, 4> times = {0, 0.5, 2, 8};
  std::array<std::array<std::array<std::int64_t, 2>, 4>, 5> counts{};
  each_life(world, n, [&](std::size_t s, std::int64_t, const history::PatientHistory& life) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      const std::int16_t state = state_at(life, times[i]);
      counts[s][i][0] += state == world.state("a");
      counts[s][i][1] += state != world.state("dead");
    }
  });
  for (std::size_t s = 0; s < share_a.size(); ++s) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double t = times[i], a = share_a[s];
      EXPECT_TRUE(share_is(counts[s][i][0], n, a * in_a(t), z_one_in_hundred_million)) << s << " at " << t;
      EXPECT_TRUE(
          share_is(counts[s][i][1], n, a * alive_from_a(t) + (1 - a) * alive_from_b(t), z_one_in_hundred_million))
          << s << " at " << t;
    }
  }
}

// Nobody's start depends on the strategy unless it says so, and the draw is the same for all that draw: who starts in a
// with probability 0.1 does so with 0.7 too.
TEST(Start, TheDrawIsShared) {
  const World world(R"(
sojourn: 1
title: Shared starts
horizon: 5 years
states: {a: {}, b: {}, dead: {absorbing: true}}
start: {probabilities: {a: 0.7, b: rest}}
transitions:
  - {from: [a, b], to: dead, time: {exponential: {rate: 0.6 per year}}}
strategies:
  usual: {}
  same: {}
  fewer: {start: {probabilities: {a: 0.1, b: rest}}}
)");
  const auto all = lives(world, 2'000);
  for (std::size_t i = 0; i < 2'000; ++i) {
    EXPECT_EQ(all[0][i], all[1][i]);
    if (all[2][i].state[0] == world.state("a")) {
      EXPECT_EQ(all[0][i].state[0], world.state("a"));
    }
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
