// The calendar clock, and life tables by age and calendar year, on the diagonal of each patient. What can be exact is:
// budgets are audited with the ulp of the time since the start, not of the year. Statistical tests have a fixed seed
// and name their false-alarm probability.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/audit.hpp"
#include "engine/statistics.hpp"

namespace sojourn::engine::testing {
namespace {

double start_of_life(const Life&, double) {
  return 0;
}
std::function<Curve(const Life&, double)> always(Curve curve) {
  return [curve](const Life&, double) { return curve; };
}

// A rate for each square; the first and the last year go on, as does the last age.
constexpr int ages = 90, first_year = 2008, years = 15;
double rate_of(int age, int year) {
  const int a = std::min(age, ages - 1), y = std::clamp(year - first_year, 0, years - 1);
  return 0.002 + 0.0003 * a * (1 + (a * 7 + y * 5) % 11) * (1 - 0.04 * y);
}

std::string table() {
  std::string text = "year,age,rate\n";
  for (int year = first_year; year < first_year + years; ++year) {
    for (int age = 0; age < ages; ++age) {
      text += std::to_string(year) + "," + std::to_string(age) + "," + exact(rate_of(age, year)) + "\n";
    }
  }
  return text;
}

// H(s) since the start along a diagonal, square by square.
Curve diagonal(long double age, long double year) {
  const auto at = [=](long double s) {
    return rate_of(static_cast<int>(std::floor(age + s)), static_cast<int>(std::floor(year + s)));
  };
  const auto cumulative = [=](long double s) {
    long double sum = 0, from = 0;
    while (from < s) {
      const long double birthday = std::floor(age + from) + 1 - age, new_year = std::floor(year + from) + 1 - year;
      long double to = std::min({birthday, new_year, s});
      if (to - from < 1e-17L) to = std::min(s, from + 1e-15L);  // a cut that rounding has not passed
      sum += at((from + to) / 2) * (to - from);
      from = to;
    }
    return sum;
  };
  return {cumulative, [=](long double s) { return std::max(at(s), at(s - 1e-13L)); }};
}

// A patient waits in `start`, then is at risk of x in a and b, between which she moves at 5 and 11 years.
std::string pathway(const std::string& x, const std::string& age, const std::string& year) {
  return R"(
sojourn: 1
title: Calendar
horizon: 60 years
seed: 33
cohort: {attributes: {age: {value: )" +
         age + R"(}, calendar_year: {value: )" + year + R"(}}}
attributes: {flag: {initial: false}}
states: {start: {initial: true}, a: {}, b: {}, dead: {absorbing: true}}
transitions:
  - {name: enter, from: start, to: a, time: {exponential: {rate: 0.8 per year}}}
  - {name: there, from: a, to: b, clock: forward, time: {fixed: {time: 5 years, if_past: never}}}
  - {name: back, from: b, to: a, clock: forward, time: {fixed: {time: 11 years, if_past: never}}}
  - {name: x, from: [a, b], to: dead, )" +
         x + R"(}
events:
  flip: {in: [start, a, b], clock: forward, time: {exponential: {rate: 0.7 per year}}, recurrent: true, sets: {flag: "not flag"}}
)";
}

double at_risk_since(const World& world, const Life& life) {
  return life.entry(world.state("a"));
}

constexpr std::int64_t patients = 200;
const std::vector<std::pair<std::string, std::string>> starts = {{"0 years", "2010"},
                                                                 {"61.3 years", "2010.7"},
                                                                 {"37.25 years", "2014.25"},
                                                                 {"5.9 years", "1999.05"},
                                                                 {"88 years", "2031.4"}};

double number(const std::string& text) {
  return std::stod(text);
}

TEST(Calendar, LifeTableByYearSpendsItsBudget) {
  for (const auto& [age, year] : starts) {
    SCOPED_TRACE(age + " in " + year);
    const World world(
        pathway("clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: hold}}, smr: 1.5, "
                "hazard_ratio: \"flag ? 2 : 0.5\"",
                age, year),
        {{"t.csv", table()}});
    const auto flag = world.attribute("flag");
    const Part part{.curve = always(diagonal(number(age), number(year))),
                    .origin = start_of_life,
                    .factor = [=](const Life& life, double t) { return life.value(flag, t, 0) != 0 ? 1.5 * 2 : 0.75; }};
    const auto at_risk = [&](const Life& life, double) { return at_risk_since(world, life); };
    EXPECT_GT(audit_lives(world, "x", {part}, at_risk, patients), 100u);
  }
}

TEST(Calendar, LifeTableByYearAmongComponentsAndCuts) {
  const World world(
      pathway("components: [{clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: hold}}, smr: "
              "{piecewise: {clock: calendar, times: [2015.5 years, 2018 years], values: [0.5, 2, 1]}}}, "
              "{clock: calendar, time: {piecewise_exponential: {time: [2012 years, 2016 years], rate: [0.1 per year, "
              "0.02 per year]}}}]",
              "52.1 years", "2010.8"),
      {{"t.csv", table()}});
  const long double year = 2010.8;
  const Part death{
      .curve = always(diagonal(52.1, 2010.8)),
      .origin = start_of_life,
      .factor = [](const Life&, double t) { return t < 2015.5 - 2010.8 ? 0.5
                                                   : t < 2018 - 2010.8 ? 2
                                                                       : 1; },
      .cuts =
          [](const Life&) {
            return std::vector{2015.5 - 2010.8, 2018 - 2010.8};
          }};
  const Part other{.curve = always(piecewise_curve({0, 2012 - year, 2016 - year}, {0, 0.1, 0.02})),
                   .origin = start_of_life};
  const auto at_risk = [&](const Life& life, double) { return at_risk_since(world, life); };
  EXPECT_GT(audit_lives(world, "x", {death, other}, at_risk, patients), 100u);
}

Curve uniform_curve(long double min, long double max) {
  return {[=](long double s) { return s < min   ? 0
                                      : s < max ? -std::log((max - s) / (max - min))
                                                : HUGE_VALL; },
          [=](long double s) { return s < min ? 0 : 1 / (max - s); }};
}

// exponential, uniform (below) and piecewise: as exact as on the clock forward. Others: to the ulp of the year.
TEST(Calendar, FamiliesSpendTheirBudget) {
  const long double year = 2018.3;
  struct Tested {
    std::string time;
    Curve curve;
    bool since_start;
  };
  const std::vector<Tested> all = {
      {"exponential: {rate: 0.2 per year}", exponential_curve(0.2L), true},
      {"piecewise_exponential: {time: [2019 years, 2022.5 years, 2024 years], rate: [0.2 per year, 0 per year, 0.4 per "
       "year]}",
       piecewise_curve({0, 2019 - year, 2022.5L - year, 2024 - year}, {0, 0.2, 0, 0.4}), true},
      {"weibull: {shape: 1.5, scale: 300 years}", weibull_curve(1.5, 300), false},
      {"loglogistic: {shape: 400, scale: 2025 years}", loglogistic_curve(400, 2025), false},
  };
  for (const Tested& one : all) {
    SCOPED_TRACE(one.time);
    const World world(
        pathway("clock: calendar, time: {" + one.time + "}, hazard_ratio: \"flag ? 2 : 0.5\"", "40 years", "2018.3"));
    const auto flag = world.attribute("flag");
    const Part part{.curve = always(one.curve),
                    .origin = [&](const Life&, double) { return one.since_start ? 0 : -2018.3; },
                    .factor = [=](const Life& life, double t) { return life.value(flag, t, 0) != 0 ? 2 : 0.5; }};
    const auto at_risk = [&](const Life& life, double) { return at_risk_since(world, life); };
    EXPECT_GT(audit_lives(world, "x", {part}, at_risk, patients), 20u);
  }
}

TEST(Calendar, UniformSpendsItsBudget) {
  const long double year = 2018.3;
  const World world(
      pathway("clock: calendar, time: {uniform: {min: 2019 years, max: 2070 years}}", "40 years", "2018.3"));
  const Part part{.curve = always(uniform_curve(2019 - year, 2070 - year)), .origin = start_of_life};
  const auto at_risk = [&](const Life& life, double) { return at_risk_since(world, life); };
  EXPECT_GT(audit_lives(world, "x", {part}, at_risk, patients), 100u);
}

// One budget while moving between two `from` states.
TEST(Calendar, MovingBetweenFromStatesKeepsTheEpisode) {
  for (const std::string x :
       {"clock: calendar, time: {piecewise_exponential: {time: [2010 years], rate: [0.05 per year]}}",
        "clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: hold}}, smr: 0.1"}) {
    const World world(pathway(x, "20 years", "2009.5"), {{"t.csv", table()}});
    const auto declaration = world.declaration("x");
    int moved = 0;
    for (std::int64_t patient = 1; patient <= patients; ++patient) {
      Recorder recorder;
      const Life life = live(world.programs[0], patient, &recorder);
      EXPECT_EQ(std::count_if(recorder.budgets.begin(), recorder.budgets.end(),
                              [&](const auto& one) { return one.declaration == declaration; }),
                1);
      moved += life.entry(world.state("b")) < forever ? 1 : 0;
    }
    EXPECT_GT(moved, 20);
  }
}

// Fixed at a date: at the difference of the years, which is exact.
TEST(Calendar, AFixedDate) {
  const std::string fixed = "clock: calendar, time: {fixed: {time: 2022.25 years, if_past: never}}";
  const World world(pathway(fixed, "20 years", "2018.3"));
  const World late(pathway(fixed, "20 years", "2022.3"));
  const World now(pathway("clock: calendar, time: {fixed: {time: 2022.25 years, if_past: now}}", "20 years", "2022.3"));
  const World error(pathway("clock: calendar, time: {fixed: 2022.25 years}", "20 years", "2022.3"));
  for (std::int64_t patient = 1; patient <= 50; ++patient) {
    const Life life = live(world.programs[0], patient);
    const double due = 2022.25 - 2018.3, entered = at_risk_since(world, life);
    EXPECT_EQ(life.entry(world.state("dead")), entered <= due ? due : forever);
    EXPECT_EQ(live(late.programs[0], patient).entry(world.state("dead")), forever);
    const Life at_once = live(now.programs[0], patient);
    EXPECT_EQ(at_once.entry(world.state("dead")), at_risk_since(world, at_once));
  }
  EXPECT_NE(error_of(error, 10).find("if_past"), std::string::npos);
}

const std::string random_diagonals = R"(
sojourn: 1
title: Random diagonals
horizon: 300 years
seed: 34
cohort: {attributes: {age: {uniform: {min: 0 years, max: 100 years}}, calendar_year: {uniform: {min: 2000, max: 2030}}}}
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions:
  - {name: death, from: alive, to: dead, clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: hold}}}
)";

// exp(-H(T)) is uniform, H along each patient's own diagonal: Kolmogorov-Smirnov, false alarm 1e-6. A table that is cut
// at birthdays only gives the rates of the wrong year for half of each year.
TEST(Calendar, SurvivalAlongRandomDiagonals) {
  const World world(random_diagonals, {{"t.csv", table()}});
  constexpr std::int64_t n = 40000;
  std::vector<double> shares;
  RunOptions options;
  options.patients = n;
  options.threads = 1;
  run(world.programs, options, [&](const history::Block& block) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      const auto life = block.patient(0, p);
      const Curve curve = diagonal(block.baseline_value(0, 0, p), block.baseline_value(0, 1, p));
      const double t = life.state.size() > 1 ? life.start[1] : 300;
      shares.push_back(std::exp(-static_cast<double>(curve.cumulative(t))));
    }
    return std::function<void()>();
  });
  EXPECT_TRUE(distributed_as(shares, [](double u) { return u; }));
}

// Engines serve many patients, each with her own place in the table: alone, in any block, on any threads the same life.
TEST(Calendar, NoPatientSeesAnothersDates) {
  const std::string yaml =
      "sojourn: 1\ntitle: t\nhorizon: 30 years\nseed: 35\n"
      "cohort: {attributes: {age: {value: 50 years}, calendar_year: {uniform: {min: 2000, max: 2030}}}}\n"
      "attributes: {flag: {initial: false}}\n"
      "states: {alive: {initial: true}, dead: {absorbing: true}}\n"
      "transitions:\n"
      "  - {name: death, from: alive, to: dead, clock: age, time: {life_table: {file: t.csv, beyond: die, other_years: "
      "hold}}, smr: \"flag ? 2 : 1\"}\n"
      "  - {name: other, from: alive, to: dead, clock: calendar, time: {uniform: {min: 2010 years, max: 2060 years}}}\n"
      "events:\n"
      "  change: {in: alive, clock: forward, time: {fixed: 3 years}, sets: {flag: true}}\n";
  const World world(yaml, {{"t.csv", table()}});
  const Lives one = lives(world, 2000, 1), seven = lives(world, 2000, 7);
  EXPECT_EQ(one, seven);
  for (std::int64_t patient = 1; patient <= 2000; ++patient) {
    EXPECT_EQ(one[0][static_cast<std::size_t>(patient - 1)], live(world.programs[0], patient)) << patient;
  }
}

// The US table of 2010, repeated for some years, is the table itself, to the rounding of the clock age; and
// tests/engine/test_competing_risks.cpp holds that against R's expected survival.
TEST(Calendar, ATableWithoutTrendIsTheTableByAge) {
  const auto rows = data_rows("us_2010_daily_rates.csv");
  std::string text = "sex,daily_rate,year,age\n";
  for (const int year : {2012, 2010, 2011}) {
    for (const auto& row : rows) text += row[1] + "," + row[2] + "," + std::to_string(year) + "," + row[0] + "\n";
  }
  const auto yaml = [](const std::string& table) {
    return "sojourn: 1\ntitle: t\nhorizon: 120 years\nseed: 36\n"
           "cohort: {attributes: {age: {uniform: {min: 0 years, max: 99 years}}, sex: {categorical: {male: 1, female: "
           "1}}, calendar_year: {uniform: {min: 2005, max: 2015}}}}\n"
           "states: {alive: {initial: true}, dead: {absorbing: true}}\n"
           "transitions: [{from: alive, to: dead, clock: age, time: {life_table: {" +
           table + ", by: sex}}}]\n";
  };
  for (const std::string beyond : {"hold", "die"}) {
    const World by_age(yaml("file: a.csv, beyond: " + beyond), {{"a.csv", data_text("us_2010_daily_rates.csv")}});
    const World by_year(yaml("file: y.csv, other_years: hold, beyond: " + beyond), {{"y.csv", text}});
    const Lives one = lives(by_age, 4000), other = lives(by_year, 4000);
    for (std::size_t p = 0; p < 4000; ++p) {
      EXPECT_NEAR(one[0][p].entry(1), other[0][p].entry(1), 1e-12) << p;
    }
  }
}

// A factor that changes with the calendar, for patients who start on different dates. 1e-6.
TEST(Calendar, APiecewiseFactor) {
  const World world(
      "sojourn: 1\ntitle: t\nhorizon: 100 years\nseed: 37\n"
      "cohort: {attributes: {calendar_year: {uniform: {min: 2010, max: 2022}}}}\n"
      "states: {a: {initial: true}, b: {absorbing: true}}\n"
      "transitions: [{from: a, to: b, time: {exponential: {rate: 0.2 per year}}, hazard_ratio: {piecewise: {clock: "
      "calendar, times: [2014.5 years, 2018 years], values: [0.2, 3, 1]}}}]\n");
  std::vector<double> shares;
  RunOptions options;
  options.patients = 20000;
  options.threads = 1;
  run(world.programs, options, [&](const history::Block& block) {
    for (std::size_t p = 0; p < static_cast<std::size_t>(block.patients); ++p) {
      const double year = block.baseline_value(0, 0, p), t = block.patient(0, p).start[1];
      const auto within = [&](double from, double to) {
        return std::max(0.0, std::min(year + t, to) - std::max(year, from));
      };
      shares.push_back(std::exp(-0.2 * (0.2 * within(0, 2014.5) + 3 * within(2014.5, 2018) + within(2018, 1e4))));
    }
    return std::function<void()>();
  });
  EXPECT_TRUE(distributed_as(shares, [](double u) { return u; }));
}

TEST(Calendar, WhatLiesOutsideIsAnErrorThatNamesThePatient) {
  const auto world = [](const std::string& year, const std::string& others) {
    return World(pathway("clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: " + others + "}}",
                         "20 years", year),
                 {{"t.csv", table()}});
  };
  EXPECT_EQ(error_of(world("2007.5", "hold"), 10), "");
  EXPECT_EQ(error_of(world("2007.5", "error"), 10),
            "patient 1, strategy base, x: her years 2007.5 to 2067.5 are not all in the life table, which is from 2008 "
            "to the end of 2022; say `other_years: hold` if its rates go on, or shorten the horizon");
  EXPECT_NE(error_of(world("2010", "error"), 10), "");
  EXPECT_EQ(
      error_of(world("18.5", "hold"), 10),
      "patient 1, strategy base: the attribute calendar_year is 18.5; it is the decimal year in which the patient "
      "starts, from 1000 to 9999");
  World covered(
      pathway("clock: age, time: {life_table: {file: t.csv, beyond: hold, other_years: error}}", "20 years", "2008"),
      {{"t.csv", table()}});
  for (auto& program : covered.programs) program.horizon = 15;
  EXPECT_EQ(error_of(covered, 10), "");
}

}  // namespace
}  // namespace sojourn::engine::testing
