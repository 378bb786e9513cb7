// Every family on every clock: the times of transitions follow exp(-(H(s0 + u) - H(s0))), with s0 what the clock showed
// on coming at risk, alone, under a hazard ratio, and beside a second component. H is the exact law's, which
// tests/distributions checks against 50 digits and R. The seed is fixed; a right program would miss one of these
// Kolmogorov-Smirnov tests with probability 1e-6 each, 2e-4 all together, were the seed drawn anew.
#include <gtest/gtest.h>

#include <cmath>

#include "distributions/tables.hpp"
#include "engine/statistics.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

constexpr std::int64_t patients = 4000;

const std::vector<std::string> families = {
    "exponential: {rate: 0.5 per year}",
    "weibull: {shape: 1.4, scale: 3 years}",
    "gompertz: {shape: -0.1 per year, rate: 0.6 per year}",
    "lognormal: {median: 2 years, sdlog: 0.8}",
    "loglogistic: {shape: 1.5, scale: 3 years}",
    "gamma: {shape: 2, rate: 0.7 per year}",
    "generalized_gamma: {mu: 4, sigma: 0.9, Q: -0.7, unit: weeks}",
    "generalized_gamma: {mu: 1, sigma: 0.9, Q: 1.8, unit: years}",
    "generalized_f: {mu: 3, sigma: 0.8, Q: 0.4, P: 0.5, unit: months}",
    "royston_parmar: {gamma: [-1.2, 1.1, 0.05], knots: [-1, 0.7, 2], unit: years}",
    "royston_parmar: {gamma: [-5, 1.7, 0.02, 0.01], knots: [1, 2.5, 3, 4], scale: odds, unit: months}",
    "royston_parmar: {gamma: [-1, 0.9], knots: [-1, 2], scale: normal, unit: years}",
    "piecewise_exponential: {time: [0 days, 2 years], rate: [0.8 per year, 0.2 per year]}",
    "tabulated: {times: [1 year, 2 years, 3 years], survival: [0.7, 0.4, 0.3], interpolate: hazard, beyond: "
    "hold_hazard}",
    "mixture: [{weight: 1, weibull: {shape: 1.2, scale: 6 months}}, {weight: 3, lognormal: {median: 4 years, sdlog: "
    "0.5}}]",
    "truncated: {min: 6 months, max: 9 years, weibull: {shape: 1.2, scale: 3 years}}",
    "cure: {fraction: 0.3, uncured: {generalized_gamma: {mu: 0.5, sigma: 0.9, Q: 0.5, unit: years}}}",
    "cure: {fraction: 0.2, uncured: {mixture: [{weight: 1, exponential: {rate: 2 per year}}, "
    "{weight: 2, gamma: {shape: 3, rate: 1 per year}}]}}",
};

// All wait two years; then the clock decides what the transition out of `risk` starts from.
std::string model_of(const std::string& components) {
  return "sojourn: 1\ntitle: t\nhorizon: 40 years\nseed: 20\n"
         "cohort: {attributes: {age: {value: 3 years}, calendar_year: {value: 2003}}}\n"
         "states: {wait: {initial: true}, risk: {}, end: {absorbing: true}}\n"
         "events: {mark: {in: wait, time: {fixed: 6 months}}}\n"
         "transitions:\n"
         "  - {name: begin, from: wait, to: risk, time: {fixed: 2 years}}\n"
         "  - {name: out, from: risk, to: end, " +
         components + "}\n";
}

struct Start {
  const char* clock;
  double at;  // [years] what it shows when the patients come at risk
};
constexpr Start starts[] = {{"reset", 0}, {"forward", 2}, {"since mark", 1.5}, {"since first mark", 1.5}, {"age", 5}};

// sqrt(n) D of the times in `risk` against 1 - exp(-cumulative(u)); those beyond the horizon count as later than all.
::testing::AssertionResult follow(const World& world, const std::function<double(double)>& cumulative) {
  std::vector<double> shares;
  const auto end = world.state("end");
  const double last = -std::expm1(-cumulative(38));
  each_life(world, patients, [&](std::size_t, std::int64_t, const history::PatientHistory& history) {
    const double t = Life(history).entry(end);
    shares.push_back(t < forever ? -std::expm1(-cumulative(t - 2)) : last);
  });
  std::sort(shares.begin(), shares.end());
  double largest = 0;
  for (std::size_t i = 0; i < shares.size() && shares[i] < last * (1 - 1e-9); ++i) {
    const double n = static_cast<double>(patients), rank = static_cast<double>(i);
    largest = std::max({largest, shares[i] - rank / n, (rank + 1) / n - shares[i]});
  }
  const double scaled = largest * std::sqrt(static_cast<double>(patients));
  if (scaled <= 2.694) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "sqrt(n) D = " << scaled;
}

const program::Component& component_of(const World& world) {
  const program::Program& program = world.programs.front();
  const auto& declaration = program.declarations[static_cast<std::size_t>(world.declaration("out"))];
  return program.components[program::at(declaration.components.first)];
}
const distributions::Law& lowered_law(const World& world) {
  return world.programs.front().laws[program::at(component_of(world).laws.first)];
}
bool is_compiled(const distributions::Law& law) {
  return law.family >= distributions::families().size() && law.parts.size() == 1;
}

// The law of the transition `out`, without engine and tables: cured or not
std::function<double(double, double)> between_of(const World& world) {
  const program::Component& component = component_of(world);
  const distributions::Law& made = lowered_law(world);
  const distributions::Law law = is_compiled(made) ? made.parts.front() : made;
  const distributions::Cure cure = component.cure;
  if (component.cured) {
    return [=](double a, double b) { return distributions::cumulative_hazard_between(cure, law, a, b); };
  }
  return [=](double a, double b) { return distributions::cumulative_hazard_between(law, a, b); };
}

class Families : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Families, OnEveryClockFromWhatItShows) {
  const std::string time = "time: {" + families[GetParam()] + "}";
  for (const Start& start : starts) {
    const World world(model_of("clock: " + std::string(start.clock) + ", " + time));
    const auto between = between_of(world);
    EXPECT_TRUE(follow(world, [&](double u) { return between(start.at, start.at + u); }))
        << time << " on " << start.clock;
  }
}

TEST_P(Families, UnderAHazardRatioThatStepsAndATimeRatio) {
  const std::string time = "time: {" + families[GetParam()] + "}";
  const World steps(model_of("clock: forward, " + time +
                             ", hazard_ratio: {piecewise: {clock: forward, times: [3 years], values: [2, 0.5]}}"));
  const auto between = between_of(steps);
  EXPECT_TRUE(follow(steps, [&](double u) {
    return 2 * between(2, std::min(3.0, 2 + u)) + 0.5 * between(std::min(3.0, 2 + u), 2 + u);
  })) << time;
  const World slow(model_of("clock: reset, " + time + ", time_ratio: 2"));
  EXPECT_TRUE(follow(slow, [&](double u) { return between(0, u / 2); })) << time;
}

TEST_P(Families, AsAComponent) {
  const std::string time = "time: {" + families[GetParam()] + "}";
  const World world(model_of("components: [{clock: forward, " + time +
                             "}, {clock: age, time: {exponential: {rate: 0.1 per year}}, hazard_ratio: 2}]"));
  const auto between = between_of(world);
  EXPECT_TRUE(follow(world, [&](double u) { return between(2, 2 + u) + 0.2 * u; })) << time;
}

INSTANTIATE_TEST_SUITE_P(All, Families, ::testing::Range(std::size_t{0}, families.size()));

TEST(Lowering, CompilesFamiliesWithoutACheapInverse) {
  for (const std::string& family : families) {
    const bool compiled = is_compiled(lowered_law(World(model_of("clock: forward, time: {" + family + "}"))));
    const auto in_family = [&](const char* name) { return family.find(name) != std::string::npos; };
    const bool wanted = in_family("gamma") || in_family("generalized_f") || in_family("royston_parmar") ||
                        in_family("mixture") || in_family("truncated");
    EXPECT_EQ(compiled, wanted) << family;
  }
}

// On the calendar, which shows 2005 when the patients come at risk; times that stand for dates are years AD. Families
// that begin at the year 0 are far into their tail there.
std::vector<std::string> calendar_families() {
  std::vector<std::string> all = {
      "piecewise_exponential: {time: [1999 years, 2006.5 years], rate: [0.8 per year, 0.2 per year]}",
      "piecewise_exponential: {time: [2006 years, 2010.25 years], rate: [0.3 per year, 0.1 per year]}",
      "uniform: {min: 2004 years, max: 2011 years}",
      "tabulated: {times: [2004 years, 2006 years, 2009 years], survival: [0.9, 0.4, 0.3], interpolate: hazard, "
      "beyond: "
      "hold_hazard}",
      "mixture: [{weight: 1, piecewise_exponential: {time: [0 years, 2006 years], rate: [0 per year, 2 per year]}}, "
      "{weight: 3, lognormal: {median: 2009 years, sdlog: 0.001}}]",
      "truncated: {min: 2004 years, max: 2014 years, exponential: {rate: 0.3 per year}}",
      "cure: {fraction: 0.3, uncured: {truncated: {min: 2004 years, max: 2014 years, exponential: {rate: 0.3 per "
      "year}}}}"};
  for (const std::string& one : families) {
    const bool dated = one.starts_with("piecewise") || one.starts_with("tabulated") || one.starts_with("truncated");
    if (!dated) all.push_back(one);
  }
  return all;
}

// The law as it is lowered for a patient who starts in 2003, aged 3.
std::function<double(double)> since_2005(const World& world) {
  const program::Program& program = world.programs.front();
  const auto& component = program.components[program::at(
      program.declarations[static_cast<std::size_t>(world.declaration("out"))].components.first)];
  if (component.clock.kind == program::ClockKind::calendar) {
    return [between = between_of(world)](double u) { return between(2005, 2005 + u); };
  }
  distributions::Law law = program.laws[program::at(component.laws.first)];
  if (!program.places.empty()) law = distributions::placed(law, 3, 2003);
  return [law](double u) { return distributions::cumulative_hazard_between(law, 2, 2 + u); };
}

TEST(OnTheCalendar, EveryFamilyFromWhatItShows) {
  for (const std::string& family : calendar_families()) {
    const World world(model_of("clock: calendar, time: {" + family + "}"));
    EXPECT_TRUE(follow(world, since_2005(world))) << family;
    if (family.starts_with("uniform") || family.starts_with("cure")) continue;
    const World beside(model_of("components: [{clock: calendar, time: {" + family +
                                "}, hazard_ratio: 2}, {clock: age, time: {exponential: {rate: 0.1 per year}}}]"));
    EXPECT_TRUE(follow(beside, [alone = since_2005(beside)](double u) { return 2 * alone(u) + 0.1 * u; })) << family;
  }
}

// A curve with steps: the share at each step, to the patient; nobody between steps; exactly at them.
constexpr const char* curve =
    "time: {tabulated: {times: [1 year, 2.5 years, 4 years], survival: [0.8, 0.6, 0.3], beyond: never}}";

std::vector<std::int64_t> at_steps(const World& world, const std::vector<double>& steps) {
  std::vector<std::int64_t> counts(steps.size() + 1, 0);
  const auto end = world.state("end");
  each_life(world, patients, [&](std::size_t, std::int64_t, const history::PatientHistory& history) {
    const double t = Life(history).entry(end);
    const auto found = std::find(steps.begin(), steps.end(), t);
    ++counts[static_cast<std::size_t>(found - steps.begin())];
  });
  return counts;
}

TEST(Steps, AreWhereTheEventsAre) {
  const World reset(model_of(std::string("clock: reset, ") + curve));
  const auto counts = at_steps(reset, {3, 4.5, 6});
  EXPECT_TRUE(share_is(counts[0], patients, 0.2, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[1], patients, 0.2, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[2], patients, 0.3, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[3], patients, 0.3, z_one_in_a_million));
}

TEST(Steps, LeftTruncationLeavesThoseBehindOut) {
  const World forward(model_of(std::string("clock: forward, ") + curve));
  const auto counts = at_steps(forward, {2.5, 4});
  EXPECT_TRUE(share_is(counts[0], patients, 0.25, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[1], patients, 0.375, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[2], patients, 0.375, z_one_in_a_million));
}

TEST(Steps, OnTheCalendarAreDates) {
  const World world(model_of(
      "clock: calendar, time: {tabulated: {times: [2004 years, 2006.5 years, 2008 years], survival: [0.8, 0.6, 0.3], "
      "beyond: never}}"));
  const auto counts = at_steps(world, {3.5, 5});
  EXPECT_TRUE(share_is(counts[0], patients, 0.25, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[1], patients, 0.375, z_one_in_a_million));
}

TEST(Steps, WithAComponentBesideThem) {
  const World world(model_of(std::string("components: [{clock: reset, ") + curve +
                             "}, {time: {exponential: {rate: 0.1 per year}}}]"));
  const auto counts = at_steps(world, {3, 4.5, 6});
  const double one = std::exp(-0.1), two = 0.8 * std::exp(-0.25), three = 0.6 * std::exp(-0.4);
  EXPECT_TRUE(share_is(counts[0], patients, 0.2 * one, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[1], patients, two * 0.25, z_one_in_a_million));
  EXPECT_TRUE(share_is(counts[2], patients, three * 0.5, z_one_in_a_million));
}

TEST(Steps, UnderAHazardRatioAndRecurring) {
  const World ratio(model_of(std::string("clock: reset, ") + curve + ", hazard_ratio: 2"));
  EXPECT_TRUE(share_is(at_steps(ratio, {3})[0], patients, 1 - 0.64, z_one_in_a_million));
  // on the running clock an event cannot come twice at one step
  const World again(
      "sojourn: 1\ntitle: t\nhorizon: 5 years\nstates: {a: {initial: true}, b: {absorbing: true}}\n"
      "transitions: [{from: a, to: b, time: {exponential: {rate: 0 per year}}}]\n"
      "events: {e: {in: a, clock: forward, recurrent: true, time: {tabulated: {times: [0.1 years, 0.7 years], "
      "survival: [0.5, 0.25], beyond: never}}}}\n");
  std::int64_t events = 0;
  each_life(again, patients, [&](std::size_t, std::int64_t, const history::PatientHistory& history) {
    const Life life(history);
    ASSERT_LE(life.event_time.size(), 2u);
    for (const double t : life.event_time) EXPECT_TRUE(t == 0.1 || t == 0.7) << t;
    events += static_cast<std::int64_t>(life.event_time.size());
  });
  EXPECT_TRUE(share_is(events, 2 * patients, 0.5, z_one_in_a_million));
}

}  // namespace
}  // namespace sojourn::engine::testing
