// Ties, fixed times, branches and decisions: what happens at one instant, and in which order.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/units.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

// The values that attribute `trail` took, in order.
std::vector<double> log_of(const World& world, const Life& life) {
  std::vector<double> values;
  for (std::size_t i = 0; i < life.attribute.size(); ++i) {
    if (life.attribute[i] == world.attribute("trail")) values.push_back(life.change_value[i]);
  }
  return values;
}

Life only_life(const World& world) {
  return live(world.programs[0], 1);
}

// Everything is due at 1 year: events, then branches, then transitions, each by priority, then by position.
TEST(Instants, EventsThenBranchesThenTransitions) {
  const World world(R"(
sojourn: 1
title: Order
horizon: 3 years
attributes: {trail: {initial: 0}}
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
branches:
  first_of_two: {on_entry: a, at: 1 year, choose: "trail >= 0 ? go : skip", options: {go: {sets: {trail: 21}},
        skip: {}}}
  second_of_two: {on_entry: a, at: 1 year, choose: "trail >= 0 ? go2 : skip2", options: {go2: {sets: {trail: 22}},
        skip2: {}}}
  urgent: {on_entry: a, at: 1 year, priority: -1, choose: "trail >= 0 ? go3 : skip3",
        options: {go3: {sets: {trail: 20}}, skip3: {}}}
transitions:
  - {name: loses, from: a, to: dead, time: {fixed: 1 year}, priority: 1}
  - {name: wins, from: a, to: b, time: {fixed: 1 year}, sets: {trail: 31}}
  - {name: loses_too, from: a, to: dead, time: {fixed: 1 year}, sets: {trail: 32}}
  - {name: end, from: b, to: dead, time: {fixed: 50 years}}
events:
  late: {in: a, time: {fixed: 1 year}, priority: 2, sets: {trail: 13}}
  early: {in: a, time: {fixed: 1 year}, sets: {trail: 11}}
  soon: {in: a, time: {fixed: 1 year}, sets: {trail: 12}}
)");
  const Life life = only_life(world);
  EXPECT_EQ(log_of(world, life), (std::vector<double>{11, 12, 13, 20, 21, 22, 31}));
  EXPECT_EQ(life.state, (std::vector<std::int16_t>{world.state("a"), world.state("b")}));
  EXPECT_EQ(life.cause[0], world.declaration("wins"));
  EXPECT_EQ(life.stop[0], 1.0);
}

// Branches due together come by priority, then position, not in the order in which they were triggered.
TEST(Instants, BranchesTriggeredAtDifferentTimes) {
  const World world(R"(
sojourn: 1
title: Order
horizon: 3 years
attributes: {trail: {initial: 0}}
states: {a: {initial: true}, dead: {absorbing: true}}
branches:
  early: {on_event: e, at: 6 months, probabilities: {p: 1, q: 0}, options: {p: {sets: {trail: 2}}}}
  late: {on_entry: a, at: 1 year, probabilities: {r: 1, s: 0}, options: {r: {sets: {trail: 3}}}}
  urgent: {on_event: f, at: 3 months, priority: -1, probabilities: {t: 1, u: 0}, options: {t: {sets: {trail: 1}}}}
transitions: [{from: a, to: dead, time: {fixed: 2 years}}]
events:
  e: {in: a, time: {fixed: 6 months}}
  f: {in: a, time: {fixed: 9 months}}
)");
  const Life life = only_life(world);
  EXPECT_EQ(log_of(world, life), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(life.change_time, (std::vector<double>{1, 1, 1}));
}

// An event of the same instant is seen by branches and transitions, a branch by transitions.
TEST(Instants, TransitionsSeeWhatHappenedBeforeThem) {
  for (const std::string by_event : {"true", "false"}) {
    const World world(R"(
sojourn: 1
title: Seen
horizon: 3 years
attributes: {block: {initial: false}}
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
branches:
  decide: {on_entry: a, at: 1 year, when: ")" +
                      std::string(by_event == "true" ? "false" : "true") +
                      R"(", choose: "block ? skip : go", options: {go: {sets: {block: true}}, skip: {}}}
transitions:
  - {name: stopped, from: a, to: dead, time: {fixed: 1 year}, when: "not block"}
  - {name: goes, from: a, to: b, time: {fixed: 1 year}, when: "block", priority: 5}
  - {name: end, from: b, to: dead, time: {fixed: 50 years}}
events:
  e: {in: a, time: {fixed: 1 year}, when: ")" +
                      by_event + R"(", sets: {block: true}}
)");
    const Life life = only_life(world);
    ASSERT_EQ(life.state.size(), 2U);
    EXPECT_EQ(life.state[1], world.state("b"));
    EXPECT_EQ(life.start[1], 1.0);
  }
}

// A branch moves the patient: what was due in the old state at the same instant does not happen.
TEST(Instants, ABranchForestallsATransition) {
  const World world(R"(
sojourn: 1
title: Forestalled
horizon: 3 years
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
branches:
  decide: {on_entry: a, at: 1 year, probabilities: {go: 1, stay: 0}, options: {go: {to: b}}}
transitions:
  - {name: death, from: a, to: dead, time: {fixed: 1 year}}
  - {name: death_b, from: b, to: dead, time: {fixed: 1 year}}
)");
  const Life life = only_life(world);
  EXPECT_EQ(life.state, (std::vector<std::int16_t>{0, 1, 2}));
  EXPECT_EQ(life.cause[0], world.cause_of_branch("decide"));
  EXPECT_EQ(life.start[2], 2.0);
}

TEST(Instants, WhatIsDueAtTheHorizonHappens) {
  const auto life_with = [](const std::string& delay) {
    return only_life(
        World("sojourn: 1\ntitle: Horizon\nhorizon: 2 years\nstates: {a: {initial: true}, dead: {absorbing: true}}\n"
              "transitions: [{from: a, to: dead, time: {fixed: " +
              delay +
              "}}]\n"
              "events: {e: {in: a, time: {fixed: " +
              delay + "}}}\n"));
  };
  const Life at = life_with("2 years"), past = life_with("2.0000000000000004 years");
  EXPECT_EQ(at.state, (std::vector<std::int16_t>{0, 1}));
  EXPECT_EQ(at.start[1], 2.0);
  EXPECT_EQ(at.stop[1], 2.0);
  EXPECT_EQ(at.event_time, (std::vector<double>{2.0}));
  EXPECT_EQ(past.state, (std::vector<std::int16_t>{0}));
  EXPECT_EQ(past.stop[0], 2.0);
  EXPECT_TRUE(past.event.empty());
}

std::string late_entry(const std::string& waits, const std::string& time) {
  return "sojourn: 1\ntitle: Past\nhorizon: 9 years\nseed: 4\nstates: {wait: {initial: true}, a: {}, dead: {absorbing: "
         "true}}\n"
         "transitions:\n  - {name: enter, from: wait, to: a, time: {" +
         waits +
         "}}\n"
         "  - {name: x, from: a, to: dead, clock: forward, time: {" +
         time + "}}\n";
}

// Entering past a fixed time is an error, or happens now, or never, as told; entering exactly at it is in time.
TEST(Instants, FixedTimesInThePast) {
  const World error(late_entry("fixed: 2 years", "fixed: 1 year"));
  const std::string message = error_of(error, 10);
  EXPECT_NE(message.find("patient 1, strategy base, state a, transition x: "), std::string::npos) << message;
  EXPECT_NE(message.find("if_past"), std::string::npos) << message;

  EXPECT_EQ(only_life(World(late_entry("fixed: 2 years", "fixed: {time: 1 year, if_past: now}"))).entry(2), 2.0);
  EXPECT_EQ(only_life(World(late_entry("fixed: 2 years", "fixed: {time: 1 year, if_past: never}"))).entry(2), forever);
  EXPECT_EQ(only_life(World(late_entry("fixed: 2 years", "fixed: 2 years"))).entry(2), 2.0);
  EXPECT_EQ(only_life(World(late_entry("fixed: 2 years", "fixed: 3 years"))).entry(2), 3.0);
}

// Origin + delay, rounded once, on clocks that began at odd times.
TEST(Instants, FixedTimesAreRoundedOnce) {
  const World world(R"(
sojourn: 1
title: Fixed
horizon: 90 years
seed: 4
states: {wait: {initial: true}, a: {}, b: {}, dead: {absorbing: true}}
transitions:
  - {name: enter, from: wait, to: a, time: {exponential: {rate: 1 per year}}}
  - {name: onward, from: a, to: b, time: {fixed: 28 days}}
  - {name: death, from: b, to: dead, clock: since seen, time: {fixed: 40 years}}
events:
  seen: {in: wait, time: {exponential: {rate: 30 per year}}}
)");
  int deaths = 0;
  for (std::int64_t patient = 1; patient <= 200; ++patient) {
    const Life life = live(world.programs[0], patient);
    EXPECT_EQ(life.entry(2), life.entry(1) + 28 / 365.25);
    if (life.event.empty()) continue;
    EXPECT_EQ(life.entry(3), life.event_time[0] + 40);
    ++deaths;
  }
  EXPECT_GT(deaths, 150);
}

// The decision comes at trigger + each time, only in its states and where `when` holds; passed over it is not a firing.
TEST(Decisions, AtScheduledTimes) {
  const World world(R"(
sojourn: 1
title: Schedule
horizon: 9 years
seed: 8
attributes: {trail: {initial: 0}, met: {initial: false}}
states: {wait: {initial: true}, a: {}, b: {}, dead: {absorbing: true}}
branches:
  visit: {on_entry: a, at: [6 months, 28 days, 3 months, 2 years], in: [a, b], when: "not met or trail < 100",
        probabilities: {x: 0.5, y: rest},
          options: {x: {sets: {trail: "trail + 1"}}, y: {sets: {trail: "trail + 100"}}}}
  only_a: {on_entry: a, at: [1 month, 2 years], probabilities: {p: 1, q: 0}}
  after: {on_event: seen, at: [1 month, 8 weeks], probabilities: {r: 1, s: 0}}
transitions:
  - {name: enter, from: wait, to: a, time: {exponential: {rate: 1 per year}}}
  - {name: onward, from: a, to: b, time: {fixed: 1 year}, sets: {met: true}}
  - {name: death, from: b, to: dead, time: {fixed: 4 years}}
events:
  seen: {in: [wait, a], time: {fixed: 5 weeks}}
)");
  int seen_lives = 0;
  const auto visit = world.branch("visit"), only_a = world.branch("only_a"), after = world.branch("after");
  for (std::int64_t patient = 1; patient <= 50; ++patient) {
    Recorder recorder;
    const Life life = live(world.programs[0], patient, &recorder);
    const double t = life.entry(1);
    if (t > 5) continue;
    ++seen_lives;
    std::vector<std::pair<double, std::int32_t>> found;
    for (const auto& one : recorder.branchings) found.emplace_back(one.t, one.branch);
    std::vector<std::pair<double, std::int32_t>> expected = {
        {t + years_from(28, TimeUnit::day), visit}, {t + 0.25, visit}, {t + 0.5, visit}, {t + 1.0 / 12, only_a}};
    const double log_by_then = life.value(world.attribute("trail"), t + 1.5, 0);
    if (log_by_then < 100) expected.emplace_back(t + 2, visit);
    for (const double seen : life.event_time) {
      expected.emplace_back(seen + 1.0 / 12, after);
      expected.emplace_back(seen + years_from(8, TimeUnit::week), after);
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected) << "patient " << patient;
    const auto over = std::count_if(recorder.passed.begin(), recorder.passed.end(), [&](const auto& one) {
      return one.branch == only_a ? one.wrong_state && one.t == t + 2 : one.branch == visit && !one.wrong_state;
    });
    EXPECT_EQ(over, log_by_then < 100 ? 1 : 2);
    std::uint32_t firing = 0;
    for (const auto& one : recorder.branchings) {
      if (one.branch == visit) {
        EXPECT_EQ(one.visit, firing++);
      }
    }
  }
  EXPECT_GT(seen_lives, 40);
}

// A trigger that comes again starts the schedule anew.
TEST(Decisions, ATriggerThatComesAgainStartsAnew) {
  const World world(R"(
sojourn: 1
title: Again
horizon: 3 years
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
branches:
  check: {on_entry: a, at: [3 months, 1 year], probabilities: {x: 1, y: 0}}
transitions:
  - {name: out, from: a, to: b, time: {fixed: 0.75 years}, when: "count(b) == 0"}
  - {name: in_again, from: b, to: a, time: {fixed: 0.125 years}}
  - {name: death, from: b, to: dead, time: {fixed: 80 years}}
)");
  Recorder recorder;
  (void)live(world.programs[0], 1, &recorder);
  std::vector<double> times;
  for (const auto& one : recorder.branchings) times.push_back(one.t);
  EXPECT_EQ(times, (std::vector<double>{0.25, 1.125, 1.875}));
}

// A branch on entry to an absorbing state happens at that instant: it may say of what the patient died.
TEST(Decisions, OnEntryToAnAbsorbingState) {
  const World world(R"(
sojourn: 1
title: Cause of death
horizon: 3 years
seed: 4
attributes: {trail: {initial: 0}}
states: {a: {initial: true}, dead: {absorbing: true}}
branches:
  cause: {on_entry: dead, probabilities: {x: 0.5, y: rest}, options: {x: {sets: {trail: 1}}, y: {sets: {trail: 2}}}}
  never_again: {on_entry: a, at: 2 years, probabilities: {p: 1, q: 0}, options: {p: {sets: {trail: 3}}}}
transitions: [{from: a, to: dead, time: {fixed: 1 year}}]
)");
  int first = 0;
  for (std::int64_t patient = 1; patient <= 100; ++patient) {
    const Life life = live(world.programs[0], patient);
    ASSERT_EQ(life.change_time, (std::vector<double>{1})) << "patient " << patient;
    first += life.change_value[0] == 1;
    EXPECT_EQ(life.state, (std::vector<std::int16_t>{0, 1}));
    EXPECT_EQ(life.stop, (std::vector<double>{1, 3}));
  }
  EXPECT_TRUE(first > 20 && first < 80);
}

// Several assignments are made in the order written, each seeing those before it; an unchanged value is no change.
TEST(Decisions, AssignmentsInOrder) {
  const World world(R"yaml(
sojourn: 1
title: Assignments
horizon: 3 years
attributes: {n: {initial: 1}, m: {initial: 5}}
states: {a: {initial: true}, dead: {absorbing: true}}
transitions: [{from: a, to: dead, time: {fixed: 2 years}}]
events:
  e: {in: a, time: {fixed: 1 year}, sets: {n: "n + 1", m: "10 * n + (visited(e) ? 3 : 0)"}}
  same: {in: a, time: {fixed: 1.5 years}, sets: {n: 2}}
)yaml");
  const Life life = only_life(world);
  EXPECT_EQ(life.change_value, (std::vector<double>{2, 23}));
  EXPECT_EQ(life.event.size(), 2U);
}

// Nothing takes time here: the run stops and names the patient.
TEST(Instants, ALoopWithoutTimeIsAnError) {
  const World branches(R"(
sojourn: 1
title: Loop
horizon: 3 years
cohort: {attributes: {u: {uniform: {min: 0, max: 1}}}}
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
branches:
  there: {on_entry: a, choose: "u > 0.9 ? go : stay", options: {go: {to: b}, stay: {}}}
  back: {on_entry: b, probabilities: {x: 1, y: 0}, options: {x: {to: a}}}
transitions: [{from: [a, b], to: dead, time: {fixed: 1 year}}]
)");
  const World transitions(R"(
sojourn: 1
title: Loop
horizon: 3 years
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {fixed: 0 days}}
  - {from: b, to: a, time: {fixed: 0 days}}
  - {from: b, to: dead, time: {fixed: 1 year}}
)");
  std::int64_t first = 0;
  for (std::vector<double> u(1); first == 0 || u[0] <= 0.9;) {
    Recorder recorder;
    u[0] = 0;
    ++first;
    try {
      (void)live(branches.programs[0], first, &recorder);
    } catch (const std::exception&) {
    }
    u[0] = recorder.drawn[0].u;
  }
  const std::string name = "patient " + std::to_string(first) + ", ";
  for (const int threads : {1, 2, 7}) {
    EXPECT_EQ(error_of(branches, 5'000, threads).rfind(name, 0), 0U) << error_of(branches, 5'000, threads);
  }
  EXPECT_NE(error_of(transitions, 1).find("takes no time"), std::string::npos) << error_of(transitions, 1);
}

}  // namespace
}  // namespace sojourn::engine::testing
