#include "analysis/reestimate.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "engine/run.hpp"
#include "outcomes/plan.hpp"
#include "trial/collector.hpp"
#include "trial/plan.hpp"

namespace sojourn::analysis {

Reestimated reestimate(const Experiment& experiment, const store::Reader& file, const ReestimateOptions& options) {
  const std::int64_t patients = file.patients_stored();
  if (patients == 0) throw InputError("the file holds no trajectories (it was made with --no-trajectories)");
  if (!file.input().policy.states.empty()) {
    throw InputError("the file holds stays in some states only (--keep-states): outcomes need whole lives");
  }
  const outcomes::Plan plan(experiment.model, experiment.strategies, experiment.reference, experiment.parameters);
  outcomes::Accumulator sums(plan);
  const trial::Plan trials(experiment.model, experiment.strategies, experiment.parameters);
  trial::Collector collector(trials);
  for (std::int64_t first = 1; first <= patients; first += engine::block_patients) {
    if (options.stop != nullptr && *options.stop) throw engine::Stopped();
    const std::int64_t count = std::min<std::int64_t>(engine::block_patients, patients - first + 1);
    const history::Block block = file.block(first, static_cast<std::int32_t>(count));
    sums.update(block);
    collector.update(block);
    if (options.progress) options.progress(first - 1 + count);
  }
  Reestimated made{outcomes::finish(plan, sums), trial::finish(trials, collector)};
  if (!made.trials.rows.empty()) made.results.tables.push_back(trial::table(made.trials));
  return made;
}

}  // namespace sojourn::analysis
