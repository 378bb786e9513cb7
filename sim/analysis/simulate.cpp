#include "analysis/simulate.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "outcomes/plan.hpp"
#include "store/writer.hpp"
#include "trial/collector.hpp"
#include "trial/plan.hpp"

namespace sojourn::analysis {

namespace {

// Accumulators that threads take, add a block to and put back. Sums are integers: which one took which block does not
// show in the result.
class Accumulators {
 public:
  explicit Accumulators(const outcomes::Plan& plan) : plan_(plan) {}

  void update(const history::Block& block) {
    std::unique_ptr<outcomes::Accumulator> mine = take();
    mine->update(block);
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(mine));
  }

  // When no thread is at work any more.
  [[nodiscard]] outcomes::Accumulator combined() const {
    outcomes::Accumulator all(plan_);
    for (const auto& one : free_) all.combine(*one);
    return all;
  }

 private:
  std::unique_ptr<outcomes::Accumulator> take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) return std::make_unique<outcomes::Accumulator>(plan_);
    std::unique_ptr<outcomes::Accumulator> one = std::move(free_.back());
    free_.pop_back();
    return one;
  }

  const outcomes::Plan& plan_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<outcomes::Accumulator>> free_;
};

}  // namespace

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
  if (writer) {
    writer->write_table(outcomes::table(done.results));
    for (const Table& more : done.results.tables) writer->write_table(more);
    done.digest = writer->finish();
  }
  return done;
}

}  // namespace sojourn::analysis
