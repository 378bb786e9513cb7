// Risk episodes: when a budget is drawn, kept, and drawn anew; how visits count; when a schedule is left alone.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/audit.hpp"
#include "engine/statistics.hpp"

namespace sojourn::engine::testing {
namespace {

// Patients go round a, b, c; `out` leads back to a at once. x and event e act as told.
std::string rounds(const std::string& declarations, const std::string& b_to = "c", const std::string& c_lasts = "0.3") {
  return R"(
sojourn: 1
title: Rounds
horizon: 20 years
seed: 3
attributes: {flag: {initial: false}, other: {initial: 0}}
states: {a: {initial: true}, b: {}, c: {}, dead: {absorbing: true}}
transitions:
  - {name: a_b, from: a, to: b, time: {fixed: 0.7 years}}
  - {name: b_on, from: b, to: )" +
         b_to + R"(, time: {fixed: 0.4 years}}
  - {name: c_a, from: c, to: a, time: {fixed: )" +
         c_lasts + R"( years}}
  - {name: late, from: c, to: dead, time: {fixed: 90 years}}
)" + declarations;
}

const std::string two_events = R"(
events:
  flip: {in: [a, b, c], clock: forward, time: {exponential: {rate: 3 per year}}, recurrent: true,
        sets: {flag: "not flag", other: "other + 1"}}
)";

std::vector<Recorder::Budget> budgets_of(const Recorder& recorder, std::int16_t declaration) {
  std::vector<Recorder::Budget> found;
  for (const auto& one : recorder.budgets) {
    if (one.declaration == declaration) found.push_back(one);
  }
  return found;
}

std::vector<Recorder::Scheduled> schedules_of(const Recorder& recorder, std::int16_t declaration) {
  std::vector<Recorder::Scheduled> found;
  for (const auto& one : recorder.schedules) {
    if (one.declaration == declaration) found.push_back(one);
  }
  return found;
}

double start_of_life(const Life&, double) {
  return 0;
}

TEST(Episodes, RunningClocksKeepTheBudgetAcrossFromStates) {
  for (const std::string clock : {"forward", "since first a"}) {
    const World world(rounds("  - {name: x, from: [a, b, c], to: dead, clock: " + clock +
                             ", time: {weibull: {shape: 1.5, scale: 6 years}}}\n"));
    const auto x = world.declaration("x");
    for (std::int64_t patient = 1; patient <= 100; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      ASSERT_EQ(budgets_of(recorder, x).size(), 1U);
      const auto schedules = schedules_of(recorder, x);
      ASSERT_EQ(schedules.size(), 1U) << "the hazard did not change, so the time was to stay";
      EXPECT_EQ(life.entry(world.state("dead")), schedules[0].time <= 20 ? schedules[0].time : forever);
    }
    audit_lives(world, "x", {{.curve = [](auto&&...) { return weibull_curve(1.5, 6); }, .origin = start_of_life}},
                start_of_life, 100);
  }
}

// A component on the clock reset makes the whole declaration follow the reset rule.
TEST(Episodes, ResetBeginsANewEpisodeAtEachEntry) {
  const std::string alone = "clock: reset, time: {weibull: {shape: 1.5, scale: 6 years}}";
  const std::string mixed =
      "components: [{clock: reset, time: {weibull: {shape: 1.5, scale: 6 years}}}, {clock: forward, time: "
      "{exponential: "
      "{rate: 0.05 per year}}}]";
  for (const std::string& hazard : {alone, mixed}) {
    const World world(rounds("  - {name: x, from: [a, b, c], to: dead, " + hazard + "}\n"));
    const auto x = world.declaration("x");
    for (std::int64_t patient = 1; patient <= 100; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      const auto budgets = budgets_of(recorder, x);
      const std::size_t entries = life.state.size() - (life.entry(world.state("dead")) < forever ? 1 : 0);
      ASSERT_EQ(budgets.size(), entries);
      for (std::size_t i = 0; i < budgets.size(); ++i) {
        EXPECT_EQ(budgets[i].visit, i);
        EXPECT_EQ(budgets[i].t, life.start[i]);
      }
    }
    std::vector<Part> parts = {{.curve = [](auto&&...) { return weibull_curve(1.5, 6); }, .origin = entry_before}};
    parts[0].origin = [](const Life& life, double t) {
      double entry = 0;
      for (const double start : life.start) entry = start <= t ? start : entry;
      return entry;
    };
    if (hazard == mixed) {
      parts.push_back({.curve = [](auto&&...) { return exponential_curve(0.05); }, .origin = start_of_life});
    }
    EXPECT_GT(audit_lives(world, "x", parts, entry_before, 100), 20U);
  }
}

// In c x is not at risk: coming back to a is a new episode with a new budget, on a running clock too.
TEST(Episodes, LeavingTheUnionEndsTheEpisode) {
  const World world(
      rounds("  - {name: x, from: [a, b], to: dead, clock: forward, time: {exponential: {rate: 0.2 per year}}}\n"));
  const auto x = world.declaration("x");
  for (std::int64_t patient = 1; patient <= 100; ++patient) {
    Recorder recorder;
    const Life life = live(world.programs[0], patient, &recorder);
    const auto budgets = budgets_of(recorder, x);
    const auto into_a = static_cast<std::size_t>(std::count(life.state.begin(), life.state.end(), world.state("a")));
    ASSERT_EQ(budgets.size(), into_a);
    for (std::size_t i = 0; i < into_a; ++i) EXPECT_EQ(budgets[i].t, life.entry(world.state("a"), static_cast<int>(i)));
  }
}

// c lasts no time: x, not at risk there, begins anew; y, at risk in c too, goes on.
TEST(Episodes, LeavingTheUnionInZeroTimeEndsTheEpisode) {
  const World world(rounds(R"(
  - {name: x, from: [a, b], to: dead, clock: forward, time: {exponential: {rate: 0.1 per year}}}
  - {name: y, from: [a, b, c], to: dead, clock: forward, time: {exponential: {rate: 0.1 per year}}}
branches:
  back: {on_entry: c, choose: "other < 0 ? stay : go", options: {go: {to: a}, stay: {}}}
)"));
  const auto x = world.declaration("x"), y = world.declaration("y");
  std::size_t rounds_seen = 0;
  for (std::int64_t patient = 1; patient <= 50; ++patient) {
    Recorder recorder;
    const Life life = live(world.programs[0], patient, &recorder);
    const auto into_a = static_cast<std::size_t>(std::count(life.state.begin(), life.state.end(), world.state("a")));
    rounds_seen += into_a;
    EXPECT_EQ(budgets_of(recorder, x).size(), into_a);
    EXPECT_EQ(budgets_of(recorder, y).size(), 1U);
  }
  EXPECT_GT(rounds_seen, 150U);
}

// A transition back into its own state has fired: the next episode draws anew, on any clock.
TEST(Episodes, FiringEndsTheEpisode) {
  for (const std::string clock : {"reset", "forward"}) {
    const World world(
        "sojourn: 1\ntitle: Self\nhorizon: 5 years\nseed: 6\nstates: {a: {initial: true}, z: {absorbing: "
        "true}}\ntransitions:\n  - {name: x, from: a, to: a, clock: " +
        clock + ", time: {exponential: {rate: 2 per year}}}\n  - {from: a, to: z, time: {fixed: 90 years}}\n");
    std::vector<double> counts;
    for (std::int64_t patient = 1; patient <= 2'000; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      ASSERT_EQ(budgets_of(recorder, 0).size(), life.state.size());
      counts.push_back(static_cast<double>(life.state.size() - 1));
    }
    EXPECT_TRUE(mean_is(counts, 10, z_one_in_a_million));  // a Poisson process
  }
}

// An event happens at most once in a stay in the union of its states, also where its clock starts anew within it.
TEST(Episodes, AnEventIsArmedAgainOnlyOnANewEntryIntoTheUnion) {
  for (const std::string clock : {"forward", "reset"}) {
    const World world(
        rounds("events:\n  e: {in: [a, b], clock: " + clock + ", time: {exponential: {rate: 4 per year}}}\n"));
    const auto e = world.declaration("e");
    std::size_t twice_in_a_life = 0;
    for (std::int64_t patient = 1; patient <= 100; ++patient) {
      const Life life = live(world.programs[0], patient);
      for (int stay = 0; life.entry(world.state("a"), stay) < forever; ++stay) {
        const double from = life.entry(world.state("a"), stay), to = life.entry(world.state("c"), stay);
        const auto here = std::count_if(life.event_time.begin(), life.event_time.end(),
                                        [&](double t) { return t >= from && t < to; });
        ASSERT_LE(here, 1) << "patient " << patient << ", stay " << stay << ", clock " << clock;
      }
      twice_in_a_life += life.time_of(e, 1) < forever;
    }
    EXPECT_EQ(twice_in_a_life, 100U);  // about 98% of 14 stays
  }
}

// On the forward clock an event that has not happened keeps its budget from a to b; on the clock reset it draws anew.
TEST(Episodes, VisitsOfAnEventCountItsEpisodes) {
  for (const bool reset : {false, true}) {
    const World world(rounds(std::string("events:\n  e: {in: [a, b], clock: ") + (reset ? "reset" : "forward") +
                             ", time: {exponential: {rate: 0.2 per year}}}\n"));
    const auto e = world.declaration("e");
    for (std::int64_t patient = 1; patient <= 50; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      const auto budgets = budgets_of(recorder, e);
      std::size_t expected = 0;
      for (std::size_t i = 0; i < life.state.size(); ++i) {
        const bool a = life.state[i] == world.state("a"), b = life.state[i] == world.state("b");
        const bool had = b && std::any_of(life.event_time.begin(), life.event_time.end(),
                                          [&](double t) { return t >= life.start[i - 1] && t < life.start[i]; });
        expected += a || (b && reset && !had) ? 1 : 0;
      }
      ASSERT_EQ(budgets.size(), expected) << "patient " << patient << (reset ? ", reset" : ", forward");
      for (std::size_t i = 0; i < budgets.size(); ++i) EXPECT_EQ(budgets[i].visit, i);
    }
  }
}

// Armed again at the instant of firing: a Poisson process, whose number in 20 years has mean and variance 60. 2 at
// 1e-6.
TEST(Episodes, RecurrentEventsAreArmedAtOnce) {
  const World world(rounds(two_events));
  const auto flip = world.declaration("flip");
  std::vector<double> counts, squares;
  for (std::int64_t patient = 1; patient <= 4'000; ++patient) {
    Recorder recorder;
    const Life life = live(world.programs[0], patient, &recorder);
    const auto n = static_cast<double>(life.event.size());
    counts.push_back(n);
    squares.push_back((n - 60) * (n - 60));
    const auto budgets = budgets_of(recorder, flip);
    ASSERT_EQ(budgets.size(), life.event.size() + 1);
    for (std::size_t i = 1; i < budgets.size(); ++i) {
      ASSERT_EQ(budgets[i].visit, i);
      ASSERT_EQ(budgets[i].t, life.event_time[i - 1]);
    }
  }
  EXPECT_TRUE(mean_is(counts, 60, z_one_in_a_million));
  EXPECT_TRUE(mean_is(squares, 60, z_one_in_a_million));
}

// What the factors are made of changes all the time, their product never: the schedule keeps its bits.
TEST(Episodes, AHazardThatDoesNotChangeKeepsItsTime) {
  for (const std::string effect :
       {"hazard_ratio: \"flag ? 2 : 2\"", "hazard_ratio: \"min(other, 0) + 1\"", "time_ratio: \"flag ? 1.3 : 1.3\"",
        "when: \"other >= 0\"", "hazard_ratio: {piecewise: {clock: since flip, times: [1 year], values: [1, 1]}}"}) {
    const World world(
        rounds("  - {name: x, from: [a, b, c], to: dead, clock: forward, time: {weibull: {shape: 1.5, "
               "scale: 9 years}}, " +
               effect + "}\n" + two_events));
    const auto x = world.declaration("x");
    for (std::int64_t patient = 1; patient <= 50; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      const auto schedules = schedules_of(recorder, x);
      ASSERT_EQ(schedules.size(), 1U) << effect;
      EXPECT_EQ(life.entry(world.state("dead")), schedules[0].time <= 20 ? schedules[0].time : forever) << effect;
    }
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
