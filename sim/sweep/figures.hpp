// The figures of a variant of the model: what they come to with some values of its parameters, by lives under the
// strategy that they are of; and how near that is to what is wanted.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/uniform.hpp"
#include "engine/live.hpp"
#include "model/model.hpp"
#include "model/parameter_solver.hpp"
#include "outcomes/plan.hpp"
#include "sweep/recalibration.hpp"

namespace sojourn::sweep {

struct Reached {
  double wanted = 0, tolerance = 0;
  double value = 0, se = 0;     // NaN: of nobody; se 0 where no two patients differ
  double lower = 0, upper = 0;  // 95% interval by Monte Carlo error; of a parameter its value

  [[nodiscard]] double residual() const { return value - wanted; }
};

// unresolved: beyond the tolerance, but some of the interval is not. So also where parameters were solved for with
// these very patients: they take up only part of what is chance.
enum class Standing : std::uint8_t { met, unresolved, missed };
[[nodiscard]] const char* standing_name(Standing standing);
[[nodiscard]] Standing standing_of(const Reached& one);
[[nodiscard]] Standing worst_of(const std::vector<Reached>& all);

// The lives that figures are made from.
struct FigureLives {
  StreamKey key;
  engine::Lives& lives;
  const std::atomic<bool>* stop = nullptr;
};

class Figures {
 public:
  // `given`: the parameters that scenarios set. The model must last, but for its outcomes. Throws InputError where it
  // has no such number.
  Figures(const Recalibration& wanted, const model::Model& model, std::span<const ParameterId> given);

  // The given parameters on which the figures depend, or others' ranges that a search must keep to, by position:
  // scenarios that differ in others only have the same.
  [[nodiscard]] const std::vector<std::size_t>& uses() const { return uses_; }
  // `given`: a value for each. Throws InputError, RunError where the model does not go with the values.
  [[nodiscard]] std::vector<Reached> reached(std::span<const double> given, const FigureLives& how) const;

 private:
  void find_outcomes();
  [[nodiscard]] std::vector<double> parameters(std::span<const double> given) const;
  [[nodiscard]] outcomes::Plan plan(const std::vector<double>& parameters) const;

  const Recalibration& wanted_;
  const model::Model& model_;
  std::vector<model::Outcome> outcomes_;  // that the figures are of, with their targets and no others
  StrategyId strategy_;
  std::optional<model::ParameterSolver> solver_;
  std::vector<std::size_t> uses_;
};

}  // namespace sojourn::sweep
