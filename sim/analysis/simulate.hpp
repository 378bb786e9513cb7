// The whole run: patients through all strategies, trajectories to a result file, outcomes on the way.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "analysis/experiment.hpp"
#include "engine/run.hpp"
#include "outcomes/results.hpp"
#include "store/run_input.hpp"
#include "trial/results.hpp"

namespace sojourn::analysis {

struct SimulateOptions {
  int threads = 1;
  std::string out;  // result file; empty: none is written
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t done)> progress;  // patients finished, of all samples, in order
};

struct Simulated {
  outcomes::Results results;  // with the table of the trials
  trial::Results trials;
  engine::Counts counts;
  std::string digest;  // of the result file; empty without one
};

// Throws InputError (the model), RunError (the file), engine::Stopped (stop became true; nothing is left behind).
[[nodiscard]] Simulated simulate(const Experiment& experiment, const store::RunInput& input,
                                 const SimulateOptions& options);

}  // namespace sojourn::analysis
