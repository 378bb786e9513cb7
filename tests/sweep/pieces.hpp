// Sweeps made from texts in memory, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "model/checked_model.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

inline const std::string small_model = R"(sojourn: 1
title: small
horizon: 10 years
parameters:
  rate: {value: 0.1 per year, range: [0.01 per year, 2 per year]}
  wait: 3 months
  hr: {value: 0.5, range: [0.1, 2]}
  rate_of_all: {value: 0.2 per year}
  double_hr: 2 * hr
cohort: {size: 1000, attributes: {age: {uniform: {min: 40 years, max: 75 years}}, high_risk: {probability: 0.3}}}
attributes: {treated: {initial: false}}
states: {well: {initial: true}, dead: {absorbing: true}}
branches:
  treat: {on_entry: well, at: wait, decided_by: strategy, options: {yes_: {sets: {treated: true}}, no_: {}}}
transitions:
  - {name: death, from: well, to: dead, time: {exponential: {rate: rate}}, hazard_ratio: "treated ? hr : 1"}
strategies:
  never: {decisions: {treat: no_}, reference: true}
  always: {decisions: {treat: yes_}}
  stronger: {decisions: {treat: yes_}, parameters: {rate: "rate_of_all * hr"}}
outcomes:
  alive: {time_to: dead, at: [1 year, 5 years], restricted_mean: 10 years}
)";

inline const model::MemorySources& small_sources() {
  static const model::MemorySources sources("small.yaml", small_model, {});
  return sources;
}

inline const model::Model& small() {
  static const auto read = [] {
    Diagnostics problems;
    auto made = model::CheckedModel::load(small_sources(), {}, nullptr, {}, problems);
    EXPECT_TRUE(problems.ok()) << problems.text();
    return made;
  }();
  return read->model();
}

// The scenarios of a sweep file that begins with `sweep: 1` and names the model; what is wrong goes to `problems`.
inline std::optional<Scenarios> scenarios_of(const std::string& axes, Diagnostics& problems,
                                             std::vector<model::EmbeddedFile> beside = {}) {
  const std::string text = "sweep: 1\nmodel: small.yaml\n" + axes;
  auto file = read_sweep_file("sweep.yaml", text, problems);
  if (!file) return std::nullopt;
  const model::MemorySources files("sweep.yaml", text, std::move(beside));
  Points points = points_of(*file, files, problems);
  auto made = Scenarios::make(std::move(*file), std::move(points), small(), problems);
  return problems.ok() ? std::move(made) : std::nullopt;
}

inline Scenarios scenarios_of(const std::string& axes, std::vector<model::EmbeddedFile> beside = {}) {
  Diagnostics problems;
  auto made = scenarios_of(axes, problems, std::move(beside));
  EXPECT_TRUE(made) << problems.text();
  return std::move(*made);
}

inline std::string problems_of(const std::string& axes, std::vector<model::EmbeddedFile> beside = {}) {
  Diagnostics problems;
  (void)scenarios_of(axes, problems, std::move(beside));
  return problems.text();
}

}  // namespace sojourn::sweep
