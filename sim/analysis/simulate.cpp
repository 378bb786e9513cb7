#include "analysis/simulate.hpp"

#include <optional>
#include <utility>

#include "analysis/estimators.hpp"
#include "analysis/sampled.hpp"
#include "store/writer.hpp"

namespace sojourn::analysis {

Simulated simulate(const Experiment& experiment, const store::RunInput& input, const SimulateOptions& options) {
  Estimators estimators(experiment);
  std::optional<store::Writer> writer;
  if (!options.out.empty()) writer.emplace(options.out, experiment.model, input);
  const engine::Process process = [&](const history::Block& block) -> std::function<void()> {
    estimators.update(block);
    return [&] {
      if (writer) writer->append(block);
      if (options.progress) options.progress(block.first_patient - 1 + block.patients);
    };
  };
  Simulated done;
  done.counts = engine::run(experiment.programs, {1, experiment.patients, options.threads, options.stop}, process);
  Estimates estimates =
      estimators.finish(options.threads, writer ? outcomes::WithCurves::yes : outcomes::WithCurves::no);
  done.results = std::move(estimates.results);
  done.trials = std::move(estimates.trials);
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
