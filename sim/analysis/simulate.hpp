// The whole run: patients through all strategies, trajectories to a result file, outcomes on the way. Until a wanted
// precision: the outcomes first; when it is known how many patients that takes, those whose trajectories are to be kept
// once more, so that the file is that of a run with this many patients.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/experiment.hpp"
#include "engine/run.hpp"
#include "outcomes/precision.hpp"
#include "outcomes/results.hpp"
#include "store/run_input.hpp"
#include "trial/results.hpp"

namespace sojourn::analysis {

struct SimulateOptions {
  int threads = 1;
  std::string out;  // result file; empty: none is written
  const std::atomic<bool>* stop = nullptr;
  std::vector<outcomes::Precision> until;  // the experiment's patients are then the most that are simulated
  std::function<void(std::int64_t done, std::int64_t total)> progress;  // patients finished, of all samples, in order
};

struct Simulated {
  std::int64_t patients = 0;
  outcomes::Results results;  // with the table of the trials
  trial::Results trials;
  engine::Counts counts;
  std::string digest;      // of the result file; empty without one
  std::size_t shards = 0;  // files that its lives are in, if not in itself
  std::string missed;      // precisions that were wanted and not reached, a line each
};

// Throws InputError (the model), RunError (the file), engine::Stopped (stop became true; nothing is left behind).
[[nodiscard]] Simulated simulate(const Experiment& experiment, store::RunInput input, const SimulateOptions& options);

}  // namespace sojourn::analysis
