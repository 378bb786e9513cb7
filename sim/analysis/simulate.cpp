#include "analysis/simulate.hpp"

#include <optional>

#include "analysis/accumulators.hpp"
#include "analysis/sampled.hpp"
#include "outcomes/plan.hpp"
#include "store/writer.hpp"
#include "trial/collector.hpp"
#include "trial/plan.hpp"

namespace sojourn::analysis {

Simulated simulate(const Experiment& experiment, const store::RunInput& input, const SimulateOptions& options) {
  const outcomes::Plan plan(experiment.model, experiment.strategies, experiment.reference, experiment.parameters);
  Accumulators accumulators(plan);
  const trial::Plan trials(experiment.model, experiment.strategies, experiment.parameters);
  trial::Collector collector(trials);
  std::optional<store::Writer> writer;
  if (!options.out.empty()) writer.emplace(options.out, experiment.model, input);
  const engine::Process process = [&](const history::Block& block) -> std::function<void()> {
    accumulators.update(block);
    collector.update(block);
    return [&] {
      if (writer) writer->append(block);
      if (options.progress) options.progress(block.first_patient - 1 + block.patients);
    };
  };
  Simulated done;
  done.counts = engine::run(experiment.programs, {1, experiment.patients, options.threads, options.stop}, process);
  done.results = outcomes::finish(plan, accumulators.combined());
  done.trials = trial::finish(trials, collector);
  if (!done.trials.rows.empty()) done.results.tables.push_back(trial::table(done.trials));
  std::optional<SampledRun> sampled;
  if (experiment.samples > 0) {
    sampled = run_samples(experiment, done.results, {options.threads, options.stop, [&](std::int64_t sample) {
                                                       if (options.progress)
                                                         options.progress((sample + 1) * experiment.patients);
                                                     }});
    done.counts += sampled->counts;
    done.results.samples = sampled->estimates.summary(experiment.share_patients);
  }
  if (writer) {
    writer->write_table(outcomes::table(done.results));
    for (const Table& more : done.results.tables) writer->write_table(more);
    if (sampled) {
      writer->write_table(sampled->estimates.table(done.results));
      writer->write_table(sampled->parameters);
    }
    done.digest = writer->finish();
  }
  return done;
}

}  // namespace sojourn::analysis
