// Every firing spends its budget exactly: the cumulative hazard from coming at risk equals the Exp(1) that was drawn
// within 1e-12 E + 2 h ulp, whatever the clocks, sums, effects and changes on the way. These tests are not statistical.
#include <gtest/gtest.h>

#include "engine/audit.hpp"

namespace sojourn::engine::testing {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

using Origin = std::function<double(const Life&, double)>;
using Value = std::function<double(const Life&, double)>;

double start_of_life(const Life&, double) {
  return 0;
}

// The latest occurrence of an event at or before t.
Origin latest(std::int16_t event) {
  return [event](const Life& life, double t) {
    double found = none;
    for (std::size_t i = 0; i < life.event.size(); ++i) {
      if (life.event[i] == event && life.event_time[i] <= t) found = life.event_time[i];
    }
    return found;
  };
}
Origin first(std::int16_t event) {
  return [event](const Life& life, double t) { return life.time_of(event) <= t ? life.time_of(event) : none; };
}
Origin entry(std::int16_t state) {
  return [state](const Life& life, double t) { return life.entry(state) <= t ? life.entry(state) : none; };
}
// The age at the start is set to the same value for all.
Origin birth(double age) {
  return [age](const Life&, double) { return -age; };
}
Value by_flag(std::int16_t attribute, double if_true, double if_false) {
  return [=](const Life& life, double t) { return life.value(attribute, t, 0) != 0 ? if_true : if_false; };
}
std::function<Curve(const Life&, double)> always(Curve curve) {
  return [curve](const Life&, double) { return curve; };
}

// A patient waits in `start`, is at risk of x in `a`. `seen` happens on the way, often before; `flip` turns a flag over
// and over again in both states.
std::string pathway(const std::string& x, const std::string& more = "") {
  return R"(
sojourn: 1
title: Budgets
horizon: 60 years
seed: 31
cohort: {attributes: {age: {value: 37.3 years}}}
attributes: {flag: {initial: false}}
states: {start: {initial: true}, a: {}, dead: {absorbing: true}}
transitions:
  - {name: enter, from: start, to: a, time: {exponential: {rate: 0.5 per year}}}
  - {name: x, from: a, to: dead, )" +
         x + R"(}
events:
  seen: {in: [start, a], clock: forward, time: {exponential: {rate: 0.3 per year}}, recurrent: true}
  flip: {in: [start, a], clock: forward, time: {exponential: {rate: 1.3 per year}}, recurrent: true,
        sets: {flag: "not flag"}}
)" + more;
}

struct Case {
  std::string name, yaml;
  Curve curve;
};

const std::vector<Case>& families() {
  static const std::vector<Case> cases = {
      {"exponential", "exponential: {rate: 0.2 per year}", exponential_curve(0.2L)},
      {"weibull", "weibull: {shape: 1.7, scale: 11 years}", weibull_curve(1.7, 11)},
      {"weibull_falling", "weibull: {shape: 0.6, scale: 9 years}", weibull_curve(0.6, 9)},
      {"weibull_ph", "weibull_ph: {shape: 1.3, scale: 0.04, unit: years}",
       weibull_curve(1.3, std::pow(static_cast<long double>(0.04), -1 / static_cast<long double>(1.3)))},
      {"gompertz", "gompertz: {shape: 0.08 per year, rate: 0.02 per year}", gompertz_curve(0.08, 0.02)},
      {"gompertz_defective", "gompertz: {shape: -0.2 per year, rate: 0.4 per year}", gompertz_curve(-0.2, 0.4)},
      {"lognormal", "lognormal: {median: 7 years, sdlog: 0.9}", lognormal_curve(7, 0.9)},
      {"loglogistic", "loglogistic: {shape: 1.6, scale: 6 years}", loglogistic_curve(1.6, 6)},
      {"gamma", "gamma: {shape: 3, rate: 0.4 per year}", gamma_three_curve(0.4)},
      {"piecewise",
       "piecewise_exponential: {time: [0 days, 2 years, 5 years, 40 years], rate: [0.5 per year, 0 per year, 0.1 per "
       "year, 0.9 per year]}",
       piecewise_curve({0, 2, 5, 40}, {0.5L, 0, 0.1, 0.9})},
      {"cure", "cure: {fraction: 0.3, uncured: {weibull: {shape: 1.2, scale: 5 years}}}",
       cure_curve(0.3, weibull_curve(1.2, 5))},
      {"cure_ratio", "cure: {fraction: 0.3, uncured: {weibull: {shape: 1.2, scale: 5 years}, hazard_ratio: 2.5}}",
       cure_curve(0.3, weibull_curve(1.2, 5), 2.5)},
  };
  return cases;
}

constexpr std::int64_t patients = 250;

// Left truncation on the clocks that began before the patient came at risk; H(t0) is beyond 5 on some.
TEST(Budget, OneComponentOnEveryClock) {
  for (const Case& one : families()) {
    for (const std::string clock : {"reset", "forward", "since seen", "since first seen", "age"}) {
      SCOPED_TRACE(one.name + " on clock " + clock);
      const World world(pathway("clock: " + clock + ", time: {" + one.yaml + "}"));
      const auto seen = world.declaration("seen");
      const Origin origin = clock == "reset"        ? entry(world.state("a"))
                            : clock == "forward"    ? Origin(start_of_life)
                            : clock == "since seen" ? latest(seen)
                            : clock == "age"        ? birth(37.3)
                                                    : first(seen);
      const std::size_t fired =
          audit_lives(world, "x", {{.curve = always(one.curve), .origin = origin}}, entry_before, patients);
      const bool plateau = clock == "age" && (one.name == "gompertz_defective" || one.name.starts_with("cure"));
      EXPECT_GE(fired, plateau ? 0U : 60U);  // at 37 H has reached its plateau
    }
  }
}

// hesim: a left-truncated draw turns uniform once the cumulative hazard passes 37. Here H(t0) is 60,000 at entry.
TEST(Budget, FarIntoTheTail) {
  const World world(pathway("clock: age, time: {weibull: {shape: 3, scale: 1 year}}"));
  const Part part{.curve = always(weibull_curve(3, 1)), .origin = birth(37.3)};
  EXPECT_EQ(audit_lives(world, "x", {part}, entry_before, patients), static_cast<std::size_t>(patients));
  const World ages(pathway("clock: age, time: {gompertz: {shape: 0.5 per year, rate: 0.0001 per year}}"));
  const Part gompertz{.curve = always(gompertz_curve(0.5, 0.0001)), .origin = birth(37.3)};
  EXPECT_EQ(audit_lives(ages, "x", {gompertz}, entry_before, patients), static_cast<std::size_t>(patients));
}

// Factors at the ends of what is finite: nobody, or everybody as soon as the hazard is above 0; never a NaN, which
// would look like an event that does not come.
TEST(Budget, ExtremeFactors) {
  for (const Case& one : families()) {
    for (const std::string clock : {"reset", "forward", "age"}) {
      for (const double ratio : {1e-300, 1e300}) {
        SCOPED_TRACE(one.name + " on clock " + clock + ", ratio " + exact(ratio));
        const World world(pathway("clock: " + clock + ", time: {" + one.yaml + "}, hazard_ratio: \"flag ? " +
                                  exact(ratio) + " : " + exact(ratio) + "\""));
        const bool plateau = clock == "age" && (one.name == "gompertz_defective" || one.name.starts_with("cure"));
        for (std::int64_t patient = 1; patient <= 40; ++patient) {
          const Life life = live(world.programs[0], patient);
          const double entry = life.entry(world.state("a")), death = life.entry(world.state("dead"));
          if (entry == forever) continue;
          if (ratio < 1) {
            EXPECT_EQ(death, forever);
          } else if (!plateau) {
            EXPECT_GE(death, entry);
            EXPECT_LT(death, entry + (one.name == "piecewise" ? 3.1 : 0.01));
          }
        }
      }
    }
  }
}

TEST(Budget, LifeTableOnTheAgeClock) {
  const std::string table = "age,rate\n0,0.02\n1,0.001\n2,0.003\n3,0\n4,0.3\n5,0.11\n";
  for (const double age : {0.0, 0.4, 3.5}) {
    const std::string yaml = pathway("clock: age, time: {life_table: {file: t.csv, beyond: hold}}, smr: 1.5");
    std::string text = yaml;
    text.replace(text.find("37.3 years"), 10, exact(age) + " years");
    const World world(text, {{"t.csv", table}});
    const Curve curve = piecewise_curve({0, 1, 2, 3, 4, 5}, {0.02, 0.001, 0.003, 0, 0.3, 0.11});
    const Part part{.curve = always(curve), .origin = birth(age), .factor = [](const Life&, double) { return 1.5; }};
    EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 200U);
  }
}

// hazard_ratio on the whole, changed over and over: the remaining budget carries on.
TEST(Budget, HazardRatioChangedMidway) {
  for (const Case& one : families()) {
    for (const std::string clock : {"reset", "forward", "since seen"}) {
      SCOPED_TRACE(one.name + " on clock " + clock);
      const World world(
          pathway("clock: " + clock + ", time: {" + one.yaml + "}, hazard_ratio: [\"flag ? 3 : 0.5\", 0.8]"));
      const Origin origin = clock == "reset"     ? entry(world.state("a"))
                            : clock == "forward" ? Origin(start_of_life)
                                                 : latest(world.declaration("seen"));
      const auto flag = by_flag(world.attribute("flag"), 3, 0.5);
      const Part part{.curve = always(one.curve), .origin = origin, .factor = [flag](const Life& life, double t) {
                        return 0.8 * flag(life, t);
                      }};
      EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 50U);
    }
  }
}

// 0 pauses and so does a false `when`; the budget waits. Where both would make the factor an error, `when` goes first.
TEST(Budget, Pauses) {
  for (const std::string clock : {"reset", "forward", "since seen"}) {
    for (const std::string effect : {"hazard_ratio: \"flag ? 0 : 2\"", "hazard_ratio: 2, when: \"not flag\"",
                                     "hazard_ratio: \"flag ? -1 : 2\", when: \"not flag\""}) {
      SCOPED_TRACE(clock + ", " + effect);
      const World world(pathway("clock: " + clock + ", time: {weibull: {shape: 1.4, scale: 6 years}}, " + effect));
      const Origin origin = clock == "reset"     ? entry(world.state("a"))
                            : clock == "forward" ? Origin(start_of_life)
                                                 : latest(world.declaration("seen"));
      const Part part{
          .curve = always(weibull_curve(1.4, 6)), .origin = origin, .factor = by_flag(world.attribute("flag"), 0, 2)};
      EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 150U);
    }
  }
}

// The clock runs at speed 1/f with the flag's history, also before the patient came at risk.
TEST(Budget, TimeRatioChangedMidway) {
  for (const Case& one : families()) {
    for (const std::string clock : {"reset", "forward", "since seen", "since first seen"}) {
      SCOPED_TRACE(one.name + " on clock " + clock);
      const World world(pathway("clock: " + clock + ", time: {" + one.yaml + "}, time_ratio: \"flag ? 2.2 : 0.7\""));
      const auto seen = world.declaration("seen");
      const Origin origin = clock == "reset"        ? entry(world.state("a"))
                            : clock == "forward"    ? Origin(start_of_life)
                            : clock == "since seen" ? latest(seen)
                                                    : first(seen);
      const Part part{.curve = always(one.curve),
                      .origin = origin,
                      .factor = {},
                      .slowness = by_flag(world.attribute("flag"), 2.2, 0.7)};
      EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 50U);
    }
  }
}

TEST(Budget, ConstantTimeRatioTogetherWithAHazardRatio) {
  const World world(
      pathway("clock: forward, time: {weibull: {shape: 1.4, scale: 6 years}}, time_ratio: 1.7, hazard_ratio: 0.6"));
  const Part part{.curve = always(weibull_curve(1.4, 6)),
                  .origin = start_of_life,
                  .factor = [](const Life&, double) { return 0.6; },
                  .slowness = [](const Life&, double) { return 1.7; }};
  EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 150U);
}

// Fractions and odds ratios are those of the moment of coming at risk, whatever the flag does later; the hazard ratio
// on the whole follows it.
TEST(Budget, WhatIsLatchedStays) {
  const World cure(
      pathway("clock: reset, time: {cure: {fraction: 0.3, odds_ratio: \"flag ? 2 : 0.5\", uncured: {weibull: {shape: "
              "1.2, scale: 5 years}, hazard_ratio: \"flag ? 3 : 0.8\"}}}, hazard_ratio: \"flag ? 1.5 : 0.7\""));
  const auto flag = by_flag(cure.attribute("flag"), 1, 0);
  const auto factor = by_flag(cure.attribute("flag"), 1.5, 0.7);
  const auto cure_at = [flag](const Life& life, double at_risk) {
    const bool on = flag(life, at_risk) != 0;
    const long double odds = 0.3L / 0.7L * (on ? 2 : 0.5L);
    return cure_curve(odds / (1 + odds), weibull_curve(1.2, 5), on ? 3 : 0.8);
  };
  EXPECT_GT(audit_lives(cure, "x", {{.curve = cure_at, .origin = entry(cure.state("a")), .factor = factor}},
                        entry_before, patients),
            80U);

  for (const std::string clock : {"reset", "forward"}) {
    const World odds(pathway("clock: " + clock +
                             ", time: {loglogistic: {shape: 1.6, scale: 6 years}}, odds_ratio: \"flag ? 4 : 0.25\", "
                             "hazard_ratio: \"flag ? 1.5 : 0.7\""));
    const auto odds_at = [flag](const Life& life, double at_risk) {
      return loglogistic_curve(1.6, 6, flag(life, at_risk) != 0 ? 4 : 0.25L);
    };
    const Origin origin = clock == "reset" ? entry(odds.state("a")) : Origin(start_of_life);
    EXPECT_GT(audit_lives(odds, "x", {{.curve = odds_at, .origin = origin, .factor = factor}}, entry_before, patients),
              100U);
  }
}

// A sum of components on three clocks, an effect that falls by steps on a fourth, one that follows the flag, one
// latched.
TEST(Budget, SumOfComponentsWithStepsOnAnotherClock) {
  const std::string components = R"(components: [
      {clock: age, time: {gompertz: {shape: 0.09 per year, rate: 0.0002 per year}},
       hazard_ratio: [{piecewise: {clock: since a, times: [1 year, 4 years, 9 years], values: [1, 9.9, 4, 2.2]}}, 1.5]},
      {clock: since first seen, time: {lognormal: {median: 20 years, sdlog: 0.8}}, hazard_ratio: "flag ? 2 : 0.3"},
      {clock: forward, time: {cure: {fraction: 0.4, uncured: {weibull: {shape: 0.7, scale: 30 years}}}},
            time_ratio: "flag ? 2 : 0.5"},
      {clock: forward, time: {exponential: {rate: 0.03 per year}},
       hazard_ratio: {piecewise: {clock: since seen, times: [6 months], values: [4, 0]}}}])";
  const World world(pathway(components));
  const auto seen = world.declaration("seen"), flag = world.attribute("flag");
  const auto a = entry(world.state("a"));
  const auto steps = [](const Origin& origin, std::vector<double> cuts, std::vector<double> values) {
    return [=](const Life& life, double t) {
      const double begun = origin(life, t);
      if (std::isnan(begun)) return 1.0;
      std::size_t i = 0;
      while (i < cuts.size() && begun + cuts[i] <= t) ++i;
      return values[i];
    };
  };
  const std::vector<double> years = {1, 4, 9};
  const auto falling = steps(a, years, {1, 9.9, 4, 2.2});
  const std::vector<Part> parts = {
      {.curve = always(gompertz_curve(0.09, 0.0002)),
       .origin = birth(37.3),
       .factor = [falling](const Life& life, double t) { return 1.5 * falling(life, t); },
       .slowness = {},
       .cuts =
           [&](const Life& life) {
             std::vector<double> cuts;
             for (const double y : years) cuts.push_back(life.entry(world.state("a")) + y);
             return cuts;
           }},
      {.curve = always(lognormal_curve(20, 0.8)), .origin = first(seen), .factor = by_flag(flag, 2, 0.3)},
      {.curve = always(cure_curve(0.4, weibull_curve(0.7, 30))),
       .origin = start_of_life,
       .factor = {},
       .slowness = by_flag(flag, 2, 0.5)},
      {.curve = always(exponential_curve(0.03)),
       .origin = start_of_life,
       .factor = steps(latest(seen), {0.5}, {4, 0}),
       .slowness = {},
       .cuts = [&](const Life& life) {
         std::vector<double> cuts;
         for (std::size_t i = 0; i < life.event.size(); ++i) {
           if (life.event[i] == seen) cuts.push_back(life.event_time[i] + 0.5);
         }
         return cuts;
       }}};
  EXPECT_GT(audit_lives(world, "x", parts, entry_before, 600), 500U);
}

// An excess mortality that falls with time since transplant, on a life table: one component, steps on another clock.
TEST(Budget, StandardisedMortalityRatioFallingWithTimeSinceTransplant) {
  std::string table = "age,rate\n";
  std::vector<long double> breaks, rates;
  for (int age = 0; age <= 100; ++age) {
    const double rate = 0.01 + 0.0005 * age;
    table += std::to_string(age) + "," + exact(rate) + "\n";
    breaks.push_back(age);
    rates.push_back(rate);
  }
  const World world(
      pathway("clock: age, time: {life_table: {file: t.csv, beyond: hold}}, smr: {piecewise: {clock: since a, "
              "times: [2 years, 15 years], values: [1, 9.9, 2.2]}}"),
      {{"t.csv", table}});
  const auto a = world.state("a");
  const Part part{.curve = always(piecewise_curve(breaks, rates)),
                  .origin = birth(37.3),
                  .factor = [a](const Life& life,
                                double t) { return t < life.entry(a) + 2    ? 1.0
                                                   : t < life.entry(a) + 15 ? 9.9
                                                                            : 2.2; },
                  .slowness = {},
                  .cuts =
                      [a](const Life& life) {
                        return std::vector{life.entry(a) + 2, life.entry(a) + 15};
                      }};
  EXPECT_GT(audit_lives(world, "x", {part}, entry_before, patients), 200U);
}

// Each defective alone; together they may still fire, between the two plateaus of H.
TEST(Budget, SumOfDefectiveComponents) {
  const World world(pathway(R"(components: [
      {clock: reset, time: {gompertz: {shape: -0.5 per year, rate: 0.4 per year}}},
      {clock: reset, time: {cure: {fraction: 0.5, uncured: {weibull: {shape: 2, scale: 8 years}}}}}])"));
  const Origin a = entry(world.state("a"));
  const std::vector<Part> parts = {{.curve = always(gompertz_curve(-0.5, 0.4)), .origin = a},
                                   {.curve = always(cure_curve(0.5, weibull_curve(2, 8))), .origin = a}};
  EXPECT_GT(audit_lives(world, "x", parts, entry_before, 400), 200U);
}

// An event that comes again spends a new budget each time; left truncation at the time it came last.
TEST(Budget, RecurrentEvents) {
  const World world(pathway("time: {exponential: {rate: 0.1 per year}}", R"(
  again: {in: [start, a], clock: forward, time: {weibull: {shape: 1.8, scale: 4 years}}, recurrent: true,
        hazard_ratio: "flag ? 1.5 : 0.5"}
)"));
  const auto again = world.declaration("again");
  const Part part{.curve = always(weibull_curve(1.8, 4)),
                  .origin = start_of_life,
                  .factor = by_flag(world.attribute("flag"), 1.5, 0.5)};
  const auto since_last = [again](const Life& life, double t) {
    double last = 0;
    for (std::size_t i = 0; i < life.event.size(); ++i) {
      if (life.event[i] == again && life.event_time[i] < t) last = life.event_time[i];
    }
    return last;
  };
  EXPECT_GT(audit_lives(world, "again", {part}, since_last, 60), 300U);
}

}  // namespace
}  // namespace sojourn::engine::testing
