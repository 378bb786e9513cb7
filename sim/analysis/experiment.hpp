// A model made ready to run: which strategies, how many patients, programs lowered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "model/model.hpp"
#include "program/program.hpp"

namespace sojourn::analysis {

struct Selection {
  std::vector<std::string> strategies;  // by name, in this order; empty: all of the model's
  std::int64_t patients = 0;            // 0: the model's cohort size
  std::int64_t seed = -1;               // -1: the model's
  std::int64_t samples = 0;             // of the uncertain parameters; 0: none
  bool share_patients = false;          // by all samples
  std::uint32_t replicate = 0;          // which random numbers of the seed
  bool narrow_times = false;            // rounded to 32 bits, before anything is computed from them
};

struct Experiment {
  model::Model model;
  std::int64_t patients = 0;
  std::vector<StrategyId> strategies;
  StrategyId reference;                    // one of `strategies`: the model's reference, or the first
  std::vector<double> parameters;          // of the model, before any strategy changes them
  std::vector<program::Program> programs;  // one a strategy
  std::int64_t samples = 0;
  bool share_patients = false;

  [[nodiscard]] std::vector<std::string> strategy_names() const;
};

struct ChosenStrategies {
  std::vector<StrategyId> strategies;
  StrategyId reference;  // the model's if it is one of them, else the first
};
// By name; none: all. Throws InputError.
[[nodiscard]] ChosenStrategies choose_strategies(const model::Model& model, const std::vector<std::string>& names);

// Throws InputError: an unknown strategy (with the nearest name), parameters out of range, a model that cannot be
// lowered.
[[nodiscard]] Experiment prepare(model::Model model, const Selection& selection);

}  // namespace sojourn::analysis
