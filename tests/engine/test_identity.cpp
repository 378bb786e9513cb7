// What must be equal to the last bit: strategies without effect, swapped strategies, threads, ranges of patients.
#include <gtest/gtest.h>

#include <atomic>

#include "engine/rich_model.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

const model::Overrides no_effect = {{"hr", "1"}, {"tr", "1"}, {"late", "1"}, {"odds", "1"}};

// All effects 1: the same sojourns and events, bit for bit, though attributes change, clocks of effects begin and
// odds ratios are taken.
TEST(Identity, AllEffectsOneGiveNoDifference) {
  const World world(rich_model, {}, no_effect);
  const auto all = lives(world, 3'000);
  const auto therapy = world.declaration("therapy");
  std::size_t treated = 0;
  for (std::size_t other = 1; other < 4; ++other) {
    for (std::size_t p = 0; p < 3'000; ++p) {
      const Life &a = all[0][p], &b = all[other][p];
      ASSERT_EQ(a.state, b.state) << "patient " << p + 1;
      ASSERT_EQ(a.cause, b.cause) << "patient " << p + 1;
      ASSERT_EQ(a.start, b.start) << "patient " << p + 1;
      ASSERT_EQ(a.stop, b.stop) << "patient " << p + 1;
      std::vector<double> events_a, events_b;
      for (std::size_t i = 0; i < a.event.size(); ++i) {
        if (a.event[i] != therapy) events_a.push_back(a.event_time[i]);
      }
      for (std::size_t i = 0; i < b.event.size(); ++i) {
        if (b.event[i] != therapy) events_b.push_back(b.event_time[i]);
      }
      ASSERT_EQ(events_a, events_b) << "patient " << p + 1;
      treated += b.time_of(therapy) < forever;
    }
  }
  EXPECT_GT(treated, 3'000U);
}

// Without mortality everybody lives to the horizon: sojourns join without a gap, from 0 to the horizon exactly.
TEST(Identity, SojournsFillTheTimeToTheHorizon) {
  const World world(rich_model);
  each_life(world, 3'000, [](std::size_t, std::int64_t, const history::PatientHistory& life) {
    ASSERT_EQ(life.start.front(), 0.0);
    ASSERT_EQ(life.stop.back(), 15.0);
    for (std::size_t i = 1; i < life.start.size(); ++i) ASSERT_EQ(life.start[i], life.stop[i - 1]);
  });
}

TEST(Identity, NoMortalityGivesTheHorizon) {
  const World world(R"(
sojourn: 1
title: Immortal
horizon: 7.3 years
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {weibull: {shape: 1.2, scale: 1 year}}}
  - {from: b, to: a, time: {lognormal: {median: 1 year, sdlog: 1}}}
  - {name: death, from: any, to: dead, clock: age, time: {gompertz: {shape: 0.1 per year, rate: 0.001 per year}},
        hazard_ratio: 0}
  - {name: other, from: any, to: dead, time: {never: {}}}
cohort: {attributes: {age: {value: 80 years}}}
)");
  each_life(world, 2'000, [&](std::size_t, std::int64_t, const history::PatientHistory& life) {
    double alive = 0;
    for (std::size_t i = 0; i < life.state.size(); ++i) {
      if (life.state[i] != world.state("dead")) alive = life.stop[i];
    }
    ASSERT_EQ(alive, 7.3);
  });
}

TEST(Identity, SwappedStrategiesSwapResults) {
  std::string swapped = rich_model;
  const std::string wait = "  wait: {decisions: {treatment: wait}}\n",
                    give = "  give: {decisions: {treatment: give}}\n";
  swapped.replace(swapped.find(wait + give), wait.size() + give.size(), give + wait);
  const World a(rich_model), b(swapped);
  ASSERT_EQ(b.strategy("wait"), 1U);
  const auto of_a = lives(a, 1'000), of_b = lives(b, 1'000);
  EXPECT_EQ(of_a[0], of_b[1]);
  EXPECT_EQ(of_a[1], of_b[0]);
  EXPECT_EQ(of_a[2], of_b[2]);
  EXPECT_NE(of_a[0], of_a[1]);
}

// OpenM++ gave other results for another number of sub-samples. Here threads, blocks and ranges change nothing, and
// one engine that serves many patients remembers nothing of those before.
TEST(Identity, ThreadsAndRangesChangeNothing) {
  const World world(rich_model);
  constexpr std::int64_t n = 4'000;
  const auto all = lives(world, n);
  for (const int threads : {2, 7}) EXPECT_TRUE(lives(world, n, threads) == all) << threads << " threads";
  Lives joined(all.size());
  std::int64_t first = 1;
  for (const std::int64_t size : {1, 511, 513, 1'000, 1'975}) {
    const auto part = lives(world, size, 2, first);
    for (std::size_t s = 0; s < all.size(); ++s) joined[s].insert(joined[s].end(), part[s].begin(), part[s].end());
    first += size;
  }
  EXPECT_TRUE(joined == all);
}

// Strategies that differ only in decisions are lived together up to where they part; each life is what it is alone,
// whoever comes first.
TEST(Identity, StrategiesLivedTogetherAndOneByOne) {
  std::string text = rich_model;
  const std::size_t first = text.find("  wait: {decisions"), end = text.size();
  std::vector<std::string> lines;
  for (std::size_t at = first; at < end; at = text.find('\n', at) + 1) {
    lines.push_back(text.substr(at, text.find('\n', at) + 1 - at));
  }
  ASSERT_EQ(lines.size(), 4U);
  lines.insert(lines.begin() + 2, "  stronger: {decisions: {treatment: give}, parameters: {hr: 0.2}}\n");
  lines.push_back(
      "  stronger_by_chance: {decisions: {treatment: {probabilities: {give: 0.5, wait: rest}}}, parameters: {hr: "
      "0.2}}\n");
  for (std::size_t turn = 0; turn < lines.size(); ++turn) {
    std::string turned = text.substr(0, first);
    for (const std::string& line : lines) turned += line;
    const World world(turned);
    const auto all = lives(world, 700);
    for (std::size_t s = 0; s < all.size(); ++s) {
      for (std::size_t p = 0; p < all[s].size(); ++p) {
        ASSERT_TRUE(live(world.programs[s], static_cast<std::int64_t>(p) + 1) == all[s][p])
            << turn << " " << s << " " << p;
      }
    }
    std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  }
}

// Strategies share their baseline attributes only where they draw the same; each then counts its draws.
TEST(Identity, StrategiesWithCohortsOfTheirOwn) {
  const std::string text = R"(
sojourn: 1
title: Cohorts
horizon: 5 years
parameters: {burden: 0.3}
cohort: {attributes: {u: {uniform: {min: 0, max: 1}}, ill: {probability: burden}}}
states: {a: {initial: true}, dead: {absorbing: true}}
transitions: [{from: a, to: dead, time: {exponential: {rate: 0.3 per year}}, hazard_ratio: "ill ? 2 : 1"}]
strategies: {low: {}, same: {}, high: {parameters: {burden: 0.6}}}
)";
  const World world(text);
  RunOptions options;
  options.patients = 700;
  std::size_t differ = 0;
  const Counts counts = run(world.programs, options, [&](const history::Block& block) {
    EXPECT_EQ(block.baseline.size(), 3U);
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      EXPECT_EQ(block.baseline_value(0, 0, p), block.baseline_value(2, 0, p));
      EXPECT_EQ(block.baseline_value(0, 1, p), block.baseline_value(1, 1, p));
      EXPECT_LE(block.baseline_value(0, 1, p), block.baseline_value(2, 1, p));
      differ += block.baseline_value(0, 1, p) != block.baseline_value(2, 1, p);
      const auto a = block.patient(0, p), b = block.patient(2, p);
      EXPECT_LE(b.stop[0], a.stop[0]);
      if (block.baseline_value(0, 1, p) == block.baseline_value(2, 1, p)) {
        EXPECT_EQ(b.stop[0], a.stop[0]);
      }
    }
    return std::function<void()>();
  });
  EXPECT_GT(differ, 100U);
  EXPECT_EQ(counts.draws, 700U * 3 * 3);
}

// A stop between blocks throws, and everything before it has been handed on in order.
TEST(Identity, BlocksAreHandedOnInOrderUntilStopped) {
  const World world(rich_model);
  for (const int threads : {1, 4}) {
    std::atomic<bool> stop = false;
    std::int64_t next = 1;
    RunOptions options;
    options.patients = 50'000;
    options.threads = threads;
    options.stop = &stop;
    EXPECT_THROW(run(world.programs, options,
                     [&](const history::Block& block) {
                       return [&, first = block.first_patient, n = block.patients] {
                         EXPECT_EQ(first, next);
                         next += n;
                         if (next > 2'000) stop = true;
                       };
                     }),
                 Stopped);
    EXPECT_GT(next, 2'000);
    EXPECT_LT(next, 50'000);
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
