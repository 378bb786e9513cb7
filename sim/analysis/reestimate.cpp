#include "analysis/reestimate.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "engine/run.hpp"
#include "outcomes/exact_times.hpp"

namespace sojourn::analysis {

namespace {

// Hands each stored block to `use`, in order.
template <class Use>
void for_each_block(const store::Reader& file, const ReestimateOptions& options, std::int64_t seen, Use use) {
  const std::int64_t patients = file.patients_stored();
  for (std::int64_t first = 1; first <= patients; first += engine::block_patients) {
    if (options.stop != nullptr && *options.stop) throw engine::Stopped();
    const std::int64_t count = std::min<std::int64_t>(engine::block_patients, patients - first + 1);
    use(file.block(first, static_cast<std::int32_t>(count)));
    if (options.progress) options.progress(seen + first - 1 + count);
  }
}

outcomes::ExactTimes exact_times(const Experiment& experiment, const store::Reader& file,
                                 const ReestimateOptions& options) {
  const outcomes::Plan plan(experiment.model, experiment.strategies, experiment.reference, experiment.parameters);
  outcomes::TimesSeen times(plan);
  for_each_block(file, options, 0, [&](const history::Block& block) { times.update(block); });
  return times.take();
}

}  // namespace

Estimates reestimate(const Experiment& experiment, const store::Reader& file, const ReestimateOptions& options) {
  if (file.patients_stored() == 0) {
    throw InputError("the file holds no trajectories (it was made " + store::without_trajectories(file.input()) + ")");
  }
  if (!file.input().policy.states.empty()) {
    throw InputError("the file holds stays in some states only (--keep-states): outcomes need whole lives");
  }
  std::optional<outcomes::ExactTimes> exact;
  if (options.exact) exact = exact_times(experiment, file, options);
  Estimators estimators(experiment, exact ? &*exact : nullptr);
  const std::int64_t seen = exact ? file.patients_stored() : 0;
  for_each_block(file, options, seen, [&](const history::Block& block) { estimators.update(block); });
  return estimators.finish(1, options.curves);
}

}  // namespace sojourn::analysis
