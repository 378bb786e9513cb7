#include "sweep/scenario_run.hpp"

#include "base/error.hpp"

namespace sojourn::sweep {

StreamKey stream_of(const Opened& sweep, ScenarioKey id) {
  if (sweep.scenarios.file().common_random_numbers) return {sweep.seed, 0};
  return {sweep.seed ^ static_cast<std::uint32_t>(id >> 32), static_cast<std::uint32_t>(id)};
}

void ScenarioRun::prepare() {
  entry_.id = sweep_.scenarios.id(scenario_);
  variant_ = sweep_.variants.of(scenario_);
  Diagnostics problems;
  const ParameterSets sets = variant_->parameters(sweep_.scenarios.values(scenario_), problems);
  if (!problems.ok()) throw InputError(problems.text());
  programs_ = variant_->programs(sets);
  const StreamKey key = stream_of(sweep_, entry_.id);
  for (program::Program& one : programs_) {
    one.seed = key.seed;
    one.replicate = key.replicate;
  }
  plan_.emplace(variant_->model(), variant_->strategies(), variant_->reference(), sets.by_strategy,
                outcomes::Ways::left_out);
  sums_.emplace(*plan_);
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
