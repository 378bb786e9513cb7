#include "analysis/simulate.hpp"

#include <optional>
#include <utility>

#include "analysis/pass.hpp"
#include "analysis/sampled.hpp"
#include "analysis/until.hpp"
#include "store/shard_leftovers.hpp"
#include "store/writer.hpp"

namespace sojourn::analysis {

namespace {

class Simulation {
 public:
  Simulation(const Experiment& experiment, store::RunInput input, const SimulateOptions& options)
      : experiment_(experiment), input_(std::move(input)), options_(options), estimators_(experiment) {}

  Simulated run() {
    Simulated done;
    if (options_.until.empty()) {
      open_file();
      done.patients = experiment_.patients;
      done.counts = pass(experiment_.patients, Estimate::yes);
    } else {
      check_precisions(options_.until, estimators_.rows());
      Reached reached = run_until(options_.until, experiment_.patients, looks());
      done.patients = input_.patients = reached.patients;
      done.counts = reached.counts;
      done.missed = std::move(reached.missed);
      open_file();
      if (writer_) pass(store::kept_patients(input_), Estimate::no);
    }
    Estimates estimates =
        estimators_.finish(options_.threads, writer_ ? outcomes::WithCurves::yes : outcomes::WithCurves::no);
    done.results = std::move(estimates.results);
    done.trials = std::move(estimates.trials);
    const std::optional<SampledRun> sampled = samples(done);
    if (writer_) {
      write_tables(*writer_, done.results);
      if (sampled) {
        writer_->write_table(sampled->estimates.table(done.results));
        writer_->write_table(sampled->parameters);
      }
      done.digest = writer_->finish();
      replaced_->remove();
    }
    return done;
  }

 private:
  void open_file() {
    if (options_.out.empty()) return;
    replaced_.emplace(options_.out);
    writer_.emplace(options_.out, experiment_.model, input_);
  }

  Looks looks() {
    const auto simulate = [this](std::int64_t first, std::int64_t count, std::int64_t wanted) {
      const engine::Process process = [&, wanted](const history::Block& block) -> std::function<void()> {
        estimators_.update(block);
        return [&] {
          if (options_.progress) options_.progress(block.first_patient - 1 + block.patients, wanted);
        };
      };
      return engine::run(experiment_.programs, {first, count, options_.threads, options_.stop}, process);
    };
    return {simulate, [this] { return estimators_.rows(); }};
  }

  // The first `patients` in order; their trajectories to the file, if there is one.
  engine::Counts pass(std::int64_t patients, Estimate estimate) {
    const engine::Process process = [&](const history::Block& block) -> std::function<void()> {
      if (estimate == Estimate::yes) estimators_.update(block);
      return [&] {
        if (writer_) writer_->append(block);
        if (options_.progress) {
          options_.progress(block.first_patient - 1 + block.patients, input_.patients * (experiment_.samples + 1));
        }
      };
    };
    return engine::run(experiment_.programs, {1, patients, options_.threads, options_.stop}, process);
  }

  std::optional<SampledRun> samples(Simulated& done) {
    if (experiment_.samples == 0) return std::nullopt;
    const auto progress = [&](std::int64_t sample) {
      const std::int64_t each = experiment_.patients;
      if (options_.progress) options_.progress((sample + 1) * each, each * (experiment_.samples + 1));
    };
    SampledRun sampled = run_samples(experiment_, done.results, {options_.threads, options_.stop, progress});
    done.counts += sampled.counts;
    done.results.samples = sampled.estimates.summary(done.results, experiment_.share_patients);
    return sampled;
  }

  const Experiment& experiment_;
  store::RunInput input_;
  const SimulateOptions& options_;
  Estimators estimators_;
  std::optional<store::ShardLeftovers> replaced_;
  std::optional<store::Writer> writer_;
};

}  // namespace

Simulated simulate(const Experiment& experiment, store::RunInput input, const SimulateOptions& options) {
  return Simulation(experiment, std::move(input), options).run();
}

}  // namespace sojourn::analysis
