#include "sweep/scenario_run.hpp"

#include "base/error.hpp"

namespace sojourn::sweep {

StreamKey stream_of(const Workplace& place, ScenarioKey id) {
  if (place.scenarios.file().common_random_numbers) return {place.seed, 0};
  return {place.seed ^ static_cast<std::uint32_t>(id >> 32), static_cast<std::uint32_t>(id)};
}

void ScenarioRun::prepare() {
  entry_.id = place_.scenarios.id(scenario_);
  variant_ = place_.variants.of(scenario_);
  Diagnostics problems;
  const ParameterSets sets = variant_->parameters(values(), problems);
  if (!problems.ok()) throw InputError(problems.text());
  programs_ = variant_->programs(sets);
  const StreamKey key = stream_of(place_, entry_.id);
  for (program::Program& one : programs_) {
    one.seed = key.seed;
    one.replicate = key.replicate;
  }
  plan_.emplace(variant_->model(), variant_->strategies(), variant_->reference(), sets.by_strategy, nullptr,
                outcomes::Ways::left_out);
  sums_.emplace(*plan_);
}

// With what is solved for.
std::vector<double> ScenarioRun::values() {
  if (place_.solutions == nullptr || !place_.scenarios.recalibration().any()) return place_.scenarios.values(scenario_);
  engine::Lives lives;
  const FigureLives how{stream_of(place_, entry_.id), lives, place_.stop};
  const Solution found = place_.solutions->of(scenario_, *variant_, how, !whole_);
  entry_.solution = found.stored();
  return place_.scenarios.values(scenario_, found.unknowns);
}

void ScenarioRun::finish() {
  entry_.bytes = sums_->combined().stored();
  sums_.reset();
  plan_.reset();
  programs_.clear();
  variant_.reset();
}

// What the model does to a patient concerns this scenario; a stop, or too little memory, does not.
bool ScenarioRun::absorbs(const std::exception_ptr& fault) {
  try {
    std::rethrow_exception(fault);
  } catch (const InputError& error) {
    entry_.bytes = error.what();
  } catch (const RunError& error) {
    entry_.bytes = error.what();
  } catch (...) {
    return false;
  }
  entry_.failed = true;
  return true;
}

}  // namespace sojourn::sweep
