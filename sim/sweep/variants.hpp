// The model as scenarios make it: one variant for each combination of values at paths, read and checked anew, in which
// the parameters of many scenarios are then set without reading it again.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/checked_model.hpp"
#include "model/parameter_solver.hpp"
#include "program/program.hpp"
#include "sweep/figures.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

// Of one scenario, by ParameterId.
struct ParameterSets {
  std::vector<double> model;                     // before any strategy changes them
  std::vector<std::vector<double>> by_strategy;  // in the sweep's order
};

class Variant {
 public:
  // Nothing when there are problems.
  [[nodiscard]] static std::shared_ptr<Variant> load(const Scenarios& scenarios, const model::Sources& sources,
                                                     const std::vector<std::int32_t>& places, Diagnostics& problems);

  [[nodiscard]] const model::Model& model() const { return checked_->model(); }
  [[nodiscard]] const std::vector<StrategyId>& strategies() const { return strategies_; }
  [[nodiscard]] StrategyId reference() const { return reference_; }
  [[nodiscard]] const Figures* figures() const { return figures_.get(); }  // null: there are none

  // `given`: as Scenarios::values. Of no use if there are problems.
  [[nodiscard]] ParameterSets parameters(std::span<const double> given, Diagnostics& problems) const;
  // The same, and what the model's rules say about them. Not for several threads at once.
  ParameterSets check(std::span<const double> given, Diagnostics& problems);
  // One a strategy. Throws InputError where a value cannot be lowered.
  [[nodiscard]] std::vector<program::Program> programs(const ParameterSets& values) const;

 private:
  bool choose(const Scenarios& scenarios, Diagnostics& problems);
  [[nodiscard]] std::vector<ParameterId> given(const Scenarios& scenarios, Diagnostics& problems) const;
  void find_figures(const Scenarios& scenarios, std::span<const ParameterId> given, Diagnostics& problems);
  void solve_for(std::span<const ParameterId> given);

  std::unique_ptr<model::CheckedModel> checked_;
  std::vector<StrategyId> strategies_;
  StrategyId reference_;
  std::optional<model::ParameterSolver> solver_;
  std::vector<std::optional<model::ParameterSolver>> own_solvers_;  // of strategies that set parameters
  std::unique_ptr<Figures> figures_;
};

// Those in use and some more; for several threads at once.
class Variants {
 public:
  Variants(const Scenarios& scenarios, const model::Sources& sources) : scenarios_(scenarios), sources_(sources) {}

  // Throws InputError with all problems.
  [[nodiscard]] std::shared_ptr<Variant> of(std::size_t scenario);

 private:
  const Scenarios& scenarios_;
  const model::Sources& sources_;
  std::mutex mutex_;
  std::map<std::vector<std::int32_t>, std::shared_ptr<Variant>> known_;
  std::list<std::vector<std::int32_t>> recent_;  // latest first
};

}  // namespace sojourn::sweep
