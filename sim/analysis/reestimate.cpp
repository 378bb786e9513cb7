#include "analysis/reestimate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "engine/run.hpp"

namespace sojourn::analysis {

Estimates reestimate(const Experiment& experiment, const store::Reader& file, const ReestimateOptions& options) {
  const std::int64_t patients = file.patients_stored();
  if (patients == 0) throw InputError("the file holds no trajectories (it was made with --no-trajectories)");
  if (!file.input().policy.states.empty()) {
    throw InputError("the file holds stays in some states only (--keep-states): outcomes need whole lives");
  }
  Estimators estimators(experiment);
  for (std::int64_t first = 1; first <= patients; first += engine::block_patients) {
    if (options.stop != nullptr && *options.stop) throw engine::Stopped();
    const std::int64_t count = std::min<std::int64_t>(engine::block_patients, patients - first + 1);
    estimators.update(file.block(first, static_cast<std::int32_t>(count)));
    if (options.progress) options.progress(first - 1 + count);
  }
  return estimators.finish(1, outcomes::WithCurves::no);
}

}  // namespace sojourn::analysis
