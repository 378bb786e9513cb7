// Occupancy against results of other programs: numerical integration, R's flexsurv, matrix exponentials.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "engine/matrix_exponential.hpp"
#include "engine/statistics.hpp"
#include "engine/world.hpp"

namespace sojourn::engine::testing {
namespace {

// 6 times x 5 numbers at 1e-8 each: false alarm 3e-7.
TEST(KnownAnswers, IllnessDeathWithClockReset) {
  const World world(R"(
sojourn: 1
title: Illness and death
horizon: 20 years
seed: 20261
states: {remission: {initial: true}, relapsed: {}, dead: {absorbing: true}}
transitions:
  - {name: relapse, from: remission, to: relapsed, time: {weibull: {shape: 1.1, scale: 6 years}}}
  - {name: death, from: remission, to: dead, time: {weibull: {shape: 1.3, scale: 25 years}}}
  - {name: death_after, from: relapsed, to: dead, time: {weibull: {shape: 0.8, scale: 2.5 years}}}
)");
  constexpr std::int64_t n = 600'000;
  const auto rows = data_rows("illness_death_exact.csv");
  ASSERT_EQ(rows.size(), 6U);
  // relapse by t, death without relapse by t, then the three states
  std::vector<std::array<std::int64_t, 5>> counts(rows.size(), std::array<std::int64_t, 5>{});
  const auto relapsed = world.state("relapsed"), dead = world.state("dead");
  each_life(world, n, [&](std::size_t, std::int64_t, const history::PatientHistory& life) {
    const double relapse = life.state.size() > 1 && life.state[1] == relapsed ? life.start[1] : forever;
    const double death = life.state.size() > 1 && life.state[1] == dead ? life.start[1] : forever;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double t = std::stod(rows[i][0]);
      counts[i][0] += relapse <= t;
      counts[i][1] += death <= t;
      ++counts[i][2 + static_cast<std::size_t>(state_at(life, t))];
    }
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_TRUE(share_is(counts[i][k], n, std::stod(rows[i][k + 1]), z_one_in_hundred_million))
          << "year " << rows[i][0] << ", column " << k + 1;
    }
  }
}

std::string joined(const std::string& name) {  // Rec+AE is no name of a state here
  return name == "Rec+AE" ? "Rec_AE" : name;
}

std::string ebmt_model(const std::string& model, const std::string& start) {
  const bool reset = model == "weibull_reset";
  std::string text = "sojourn: 1\ntitle: EBMT\nhorizon: 10 years\nseed: 4711\nstates:\n  before: {initial: true}\n";
  std::string probabilities, options;  // a branch that takes no time leads to the state where patients start
  for (const std::string state : {"Tx", "Rec", "AE", "Rec_AE", "Rel", "Death"}) {
    text += "  " + state + ": {" + (state == "Rel" || state == "Death" ? "absorbing: true" : "") + "}\n";
    probabilities += (options.empty() ? "to_" : ", to_") + state + (state == start ? ": 1" : ": 0");
    options += (options.empty() ? "to_" : ", to_") + state + ": {to: " + state + "}";
  }
  text +=
      "branches:\n  start: {on_entry: before, probabilities: {" + probabilities + "}, options: {" + options + "}}\n";
  text += "transitions:\n";
  std::map<std::string, std::string> first;  // the shape stands in the row before
  for (const auto& row : data_rows("ebmt4_baseline.csv")) {
    if (row[0] != model) continue;
    if (row[4] == "shape") {
      first[row[1]] = row[5];
      continue;
    }
    text += "  - {from: " + joined(row[2]) + ", to: " + joined(row[3]) +
            (reset ? ", clock: reset, time: {weibull: {shape: " + first[row[1]] + ", scale: " + row[5] + " years}}}\n"
                   : ", clock: forward, time: {gompertz: {shape: " + first[row[1]] + " per year, rate: " + row[5] +
                         " per year}}}\n");
  }
  return text;
}

void compare_ebmt(const std::string& model, const std::string& start, std::int64_t n) {
  const World world(ebmt_model(model, start));
  std::vector<double> times;
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : data_rows("ebmt4_occupancy.csv")) {
    if (row[0] != model || row[3] != start) continue;
    rows.push_back(row);
    if (times.empty() || times.back() != std::stod(row[4])) times.push_back(std::stod(row[4]));
  }
  ASSERT_EQ(times.size(), 8U);
  ASSERT_EQ(rows.size(), 48U);
  const auto counts = occupancy(world, n, times);
  for (const auto& row : rows) {
    const auto t = static_cast<std::size_t>(std::find(times.begin(), times.end(), std::stod(row[4])) - times.begin());
    const auto s = static_cast<std::size_t>(world.state(joined(row[5])));
    EXPECT_TRUE(share_is(counts[t][s], n, std::stod(row[6]), z_one_in_hundred_million, std::stod(row[7])))
        << model << " from " << start << ", year " << row[4] << ", state " << row[5];
  }
}

// 48 numbers at 1e-8: false alarm 5e-7. flexsurv's own error is in the bound.
TEST(KnownAnswers, EbmtWeibullClockReset) {
  compare_ebmt("weibull_reset", "Tx", 400'000);
}

// 3 x 48 numbers at 1e-8: false alarm 1.5e-6. All shapes are negative: every hazard is defective.
TEST(KnownAnswers, EbmtGompertzClockForward) {
  compare_ebmt("gompertz_forward", "Tx", 400'000);
  compare_ebmt("gompertz_forward", "Rec", 150'000);
  compare_ebmt("gompertz_forward", "AE", 150'000);
}

std::string markov_model() {
  return R"(
sojourn: 1
title: Markov
horizon: 10 years
seed: 99
states: {well: {initial: true}, ill: {}, severe: {}, dead: {absorbing: true}}
transitions:
  - {from: well, to: ill, clock: CLOCK, time: {exponential: {rate: 0.8 per year}}}
  - {from: well, to: dead, clock: CLOCK, time: {exponential: {rate: 0.05 per year}}}
  - {from: ill, to: well, clock: CLOCK, time: {exponential: {rate: 1.1 per year}}}
  - {from: ill, to: severe, clock: CLOCK, time: {exponential: {rate: 0.4 per year}}}
  - {from: severe, to: well, clock: CLOCK, time: {exponential: {rate: 0.2 per year}}}
  - {name: death, from: [ill, severe], to: dead, clock: CLOCK, time: {exponential: {rate: 0.3 per year}}}
)";
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Two cycles, well-ill and well-ill-severe. Without memory the clock does not matter: on the forward clock the death
// from ill and severe is one episode with one budget. 2 x 5 x 4 numbers at 1e-8: false alarm 4e-7.
TEST(KnownAnswers, MarkovModelAgainstMatrixExponential) {
  const std::vector<double> times = {0.25, 1, 2.5, 5, 10};
  const std::vector<std::vector<double>> rates = {
      {-0.85, 0.8, 0, 0.05}, {1.1, -1.8, 0.4, 0.3}, {0.2, 0, -0.5, 0.3}, {0, 0, 0, 0}};
  constexpr std::int64_t n = 300'000;
  for (const std::string clock : {"reset", "forward"}) {
    const World world(replace_all(markov_model(), "CLOCK", clock));
    const auto counts = occupancy(world, n, times);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto expected = first_row_of_exponential(rates, times[i]);
      for (std::size_t s = 0; s < 4; ++s) {
        EXPECT_TRUE(share_is(counts[i][s], n, expected[s], z_one_in_hundred_million))
            << clock << ", year " << times[i] << ", state " << s;
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
