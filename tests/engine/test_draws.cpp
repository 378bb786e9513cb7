// Random numbers: every draw is where its address says, and nothing else of the model or the run is in the address.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/philox.hpp"
#include "engine/audit.hpp"
#include "engine/rich_model.hpp"
#include "engine/statistics.hpp"

namespace sojourn::engine::testing {
namespace {

// FNV-1a, 32 bits, written from its definition.
std::uint32_t hash_of(const std::string& name) {
  std::uint64_t hash = 2166136261U;
  for (const char c : name) hash = ((hash ^ static_cast<unsigned char>(c)) * 16777619U) % 4294967296U;
  return static_cast<std::uint32_t>(hash);
}

// The address as documented: counter = patient 48 bits, draw index 16, hash of the name, visit; key = seed, replicate;
// u = (top 52 bits of words 0-1, low first, + 0.5) 2^-52.
double number_at(std::uint32_t seed, std::uint64_t patient, const std::string& name, std::uint32_t visit) {
  const auto words = philox4x32_10({static_cast<std::uint32_t>(patient % 4294967296U),
                                    static_cast<std::uint32_t>(patient / 4294967296U), hash_of(name), visit},
                                   {seed, 0});
  const std::uint64_t word = words[0] + 4294967296U * std::uint64_t{words[1]};
  return std::ldexp(static_cast<double>(word / 4096U) + 0.5, -52);
}

TEST(Draws, HashOfNames) {  // test vectors of the FNV draft
  EXPECT_EQ(hash_of(""), 0x811c9dc5U);
  EXPECT_EQ(hash_of("a"), 0xe40c292cU);
  EXPECT_EQ(hash_of("foobar"), 0xbf9cf968U);
}

// Budgets, branches and attributes of all strategies, also of patients beyond 2^32.
TEST(Draws, EveryNumberIsWhereItsAddressSays) {
  const World world(rich_model);
  std::size_t budgets = 0, branchings = 0;
  for (const std::int64_t first : {std::int64_t{1}, (std::int64_t{1} << 33) + 5, (std::int64_t{1} << 47) - 60}) {
    for (std::int64_t patient = first; patient < first + 50; ++patient) {
      const auto id = static_cast<std::uint64_t>(patient);
      for (const program::Program& program : world.programs) {
        Recorder recorder;
        (void)live(program, patient, &recorder);
        for (const auto& one : recorder.drawn) {
          const std::string& name = world.model.attributes[static_cast<std::size_t>(one.attribute)].name;
          EXPECT_EQ(one.u, number_at(77, id, name, 0)) << name;
        }
        std::vector<std::uint32_t> episodes(world.model.declarations.size()), firings(world.model.branches.size());
        for (const auto& one : recorder.budgets) {
          const auto d = static_cast<std::size_t>(one.declaration);
          EXPECT_GE(one.visit, episodes[d]) << "an episode that never had a hazard draws nothing";
          episodes[d] = one.visit + 1;
          EXPECT_EQ(one.u, number_at(77, id, world.model.declarations[d].name, one.visit));
          EXPECT_NEAR(one.budget, -std::log(one.u), 1e-15 * (1 + one.budget));
          ++budgets;
        }
        for (const auto& one : recorder.branchings) {
          const auto b = static_cast<std::size_t>(one.branch);
          EXPECT_EQ(one.visit, firings[b]++);
          if (std::isnan(one.u)) continue;
          EXPECT_EQ(one.u, number_at(77, id, world.model.branches[b].name, one.visit));
          ++branchings;
        }
      }
    }
  }
  EXPECT_GT(budgets, 5'000U);
  EXPECT_GT(branchings, 1'000U);
}

// A transition without a name goes by cause:from>to.
TEST(Draws, NamesThatAreMade) {
  const World world(R"(
sojourn: 1
title: Names
horizon: 5 years
seed: 12
states: {a: {initial: true}, b: {absorbing: true}}
transitions: [{from: a, to: b, cause: flu, time: {exponential: {rate: 1 per year}}}, {from: a, to: b,
      time: {exponential: {rate: 1 per year}}}]
)");
  Recorder recorder;
  (void)live(world.programs[0], 9, &recorder);
  ASSERT_EQ(recorder.budgets.size(), 2U);
  EXPECT_EQ(recorder.budgets[0].u, number_at(12, 9, "flu:a>b", 0));
  EXPECT_EQ(recorder.budgets[1].u, number_at(12, 9, "transition:a>b", 0));
}

std::string without_last_sojourn(const Life& life, double until) {  // what is known by then, as text
  std::string text;
  for (std::size_t i = 0; i < life.start.size() && life.start[i] < until; ++i) {
    text += std::to_string(life.state[i]) + "@" + exact(life.start[i]) + " ";
  }
  for (std::size_t i = 0; i < life.event.size() && life.event_time[i] < until; ++i) {
    text += "e" + std::to_string(life.event[i]) + "@" + exact(life.event_time[i]) + " ";
  }
  for (std::size_t i = 0; i < life.attribute.size() && life.change_time[i] < until; ++i) {
    text += "a" + std::to_string(life.attribute[i]) + "=" + exact(life.change_value[i]) + "@" +
            exact(life.change_time[i]) + " ";
  }
  return text;
}

// The same life under two strategies until the treatment is given to one; and for those never treated for good.
TEST(Draws, TheSameLifeUntilTheStrategyActs) {
  const World world(rich_model);
  const auto all = lives(world, 3'000);
  const auto treated = world.attribute("treated");
  std::size_t acted = 0, later_alike = 0, toxic_alike = 0;
  for (std::size_t other = 1; other < 4; ++other) {
    for (std::size_t p = 0; p < 3'000; ++p) {
      const Life &a = all[0][p], &b = all[other][p];
      double given = forever;
      for (std::size_t i = 0; i < b.attribute.size() && given == forever; ++i) {
        if (b.attribute[i] == treated) given = b.change_time[i];
      }
      ASSERT_EQ(without_last_sojourn(a, given), without_last_sojourn(b, given)) << "patient " << p + 1;
      acted += given < forever;
      if (given == forever) {
        EXPECT_EQ(a, b);
      }
      later_alike += given < forever && a.state == b.state && a.stop == b.stop;
      toxic_alike += given < forever && a.cause.back() == b.cause.back();
    }
  }
  EXPECT_GT(acted, 3'000U);
  EXPECT_LT(later_alike, acted);  // the treatment does act
  EXPECT_GT(toxic_alike, 0U);
}

// More states, transitions, events, branches and attributes, in another order: who never meets them lives as before.
TEST(Draws, WhatIsAddedElsewhereLeavesDrawsAlone) {
  const auto text = [](const std::string& states, const std::string& first, const std::string& last,
                       const std::string& events) {
    return "sojourn: 1\ntitle: More\nhorizon: 9 years\nseed: 5\ncohort: {attributes: {" +
           std::string(states.empty() ? "" : "extra: {probability: 0.5}, ") + "u: {uniform: {min: 0, max: 1}}}}\n" +
           "states: {" + states + "a: {initial: true}, b: {}, dead: {absorbing: true}}\ntransitions:\n" + first +
           "  - {name: sick, from: a, to: b, time: {weibull: {shape: 1.3, scale: \"4 years\"}}}\n"
           "  - {name: well, from: b, to: a, time: {gamma: {shape: 2, rate: 1 per year}}, hazard_ratio: \"0.5 + u\"}\n"
           "  - {name: death, from: [a, b], to: dead, clock: forward, time: {gompertz: {shape: 0.1 per year, rate: "
           "0.05 per year}}}\n" +
           last + "events:\n" + events +
           "  cough: {in: [a, b], clock: forward, time: {exponential: {rate: 0.9 per year}}, recurrent: true}\n";
  };
  const World before(text("", "", "", ""));
  const World after(
      text("moved: {}, ",
           "  - {name: moves, from: [a, b], to: moved, clock: forward, time: {exponential: {rate: 0.02 per year}}}\n",
           "  - {name: back, from: moved, to: dead, time: {exponential: {rate: 1 per year}}}\n",
           "  sneeze: {in: a, time: {lognormal: {median: 1 year, sdlog: 1}}}\n"));
  const auto old_lives = lives(before, 2'000), new_lives = lives(after, 2'000);
  std::size_t same = 0;
  for (std::size_t p = 0; p < 2'000; ++p) {
    const Life &a = old_lives[0][p], &b = new_lives[0][p];
    if (b.entry(after.state("moved")) < forever) continue;
    ++same;
    EXPECT_EQ(a.start, b.start);
    EXPECT_EQ(a.stop, b.stop);
    std::vector<double> coughs;
    for (std::size_t i = 0; i < b.event.size(); ++i) {
      if (b.event[i] == after.declaration("cough")) coughs.push_back(b.event_time[i]);
    }
    EXPECT_EQ(a.event_time, coughs);
  }
  EXPECT_GT(same, 1'600U);
  EXPECT_LT(same, 2'000U);
}

// WARDEN's seeds sim*1007 + i*53 let patient i of one simulation repeat patient i+19 of the one before. Here no number
// comes twice among seeds, patients, declarations and visits: two of 64,000 would by chance with probability 5e-7.
TEST(Draws, SeedsAndPatientsDoNotCollide) {
  std::set<double> seen;
  std::size_t drawn = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    World world(R"(
sojourn: 1
title: Seeds
horizon: 400 years
states: {a: {initial: true}, b: {}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {exponential: {rate: 1 per year}}}
  - {from: b, to: a, time: {exponential: {rate: 1 per year}}}
  - {name: death, from: [a, b], to: dead, time: {exponential: {rate: 1 per year}}}
)");
    world.programs[0].seed = seed;
    for (std::int64_t patient = 1; patient <= 800; ++patient) {
      Recorder recorder;
      (void)live(world.programs[0], patient, &recorder);
      for (const auto& one : recorder.budgets) {
        EXPECT_TRUE(seen.insert(one.u).second) << "seed " << seed << ", patient " << patient;
        ++drawn;
      }
    }
  }
  EXPECT_GT(drawn, 60'000U);
}

// Neighbouring patients, seeds and visits are not correlated. 3 at 1e-6.
TEST(Draws, NeighboursAreIndependent) {
  double patients = 0, seeds = 0, visits = 0;
  constexpr int n = 50'000;
  for (int i = 1; i <= n; ++i) {
    const auto p = static_cast<std::uint64_t>(i);
    const double u = number_at(1, p, "x", 0) - 0.5;
    patients += 12 * u * (number_at(1, p + 19, "x", 0) - 0.5);
    seeds += 12 * u * (number_at(2, p, "x", 0) - 0.5);
    visits += 12 * u * (number_at(1, p, "x", 1) - 0.5);
  }
  for (const double sum : {patients, seeds, visits}) EXPECT_LT(std::abs(sum) / std::sqrt(n), z_one_in_a_million);
}

// Synthea's exponential delay was 1 + Exp, so that nothing happened in the first day. KS at 1e-6; and half within
// log 2.
TEST(Draws, ExponentialsBeginAtZero) {
  const World world(
      "sojourn: 1\ntitle: Exp\nhorizon: 1000 years\nstates: {a: {initial: true}, dead: {absorbing: true}}\n"
      "transitions: [{from: a, to: dead, time: {exponential: {rate: 1 per year}}}]\n");
  std::vector<double> times;
  each_life(world, 40'000, [&](std::size_t, std::int64_t, const auto& life) { times.push_back(life.stop[0]); });
  EXPECT_TRUE(distributed_as(times, [](double t) { return -std::expm1(-t); }));
  EXPECT_LT(*std::min_element(times.begin(), times.end()), 1e-3);
}

// WARDEN's effects lengthened survival in some families and shortened it in others. Here each names its scale: below 1
// a hazard or odds ratio lengthens every life, above 1 a time ratio does, in all families.
TEST(Draws, EffectsPointTheSameWayInAllFamilies) {
  const std::vector<std::string> families = {
      "exponential: {rate: 0.2 per year}",
      "weibull: {shape: 0.7, scale: 3 years}",
      "weibull: {shape: 2.5, scale: 3 years}",
      "weibull_ph: {shape: 1.5, scale: 0.1, unit: years}",
      "gompertz: {shape: 0.1 per year, rate: 0.1 per year}",
      "gompertz: {shape: -0.1 per year, rate: 0.4 per year}",
      "lognormal: {median: 3 years, sdlog: 1}",
      "loglogistic: {shape: 1.5, scale: 3 years}",
      "gamma: {shape: 2, rate: 0.5 per year}",
      "piecewise_exponential: {time: [0 days, 2 years], rate: [0.3 per year, 0.1 per year]}",
      "cure: {fraction: 0.3, uncured: {weibull: {shape: 1.2, scale: 3 years}}}"};
  for (const std::string& family : families) {
    for (const std::string effect : {"hazard_ratio: 0.6", "time_ratio: 1.5", "odds_ratio: 0.6"}) {
      if (effect[0] == 'o' && family[0] != 'l') continue;
      if (effect[0] == 'o' && family[3] == 'n') continue;  // lognormal
      const auto times = [&](const std::string& with) {
        const World world(
            "sojourn: 1\ntitle: Effects\nhorizon: 1000 years\nstates: {a: {initial: true}, dead: {absorbing: true}}\n"
            "transitions: [{from: a, to: dead, time: {" +
            family + "}" + with + "}]\n");
        std::vector<double> all;
        each_life(world, 300, [&](std::size_t, std::int64_t, const auto& life) { all.push_back(life.stop[0]); });
        return all;
      };
      const auto plain = times(""), treated = times(", " + effect);
      for (std::size_t p = 0; p < plain.size(); ++p) {
        if (plain[p] == 1000) {
          EXPECT_EQ(treated[p], 1000) << family << ", " << effect;
        } else {
          EXPECT_GT(treated[p], plain[p]) << family << ", " << effect;
        }
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
