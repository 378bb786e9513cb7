// Parameter uncertainty: the experiment again in each sample of the parameters, with patients of its own (the sample is
// in the address of every random number) or with the base case's.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "analysis/experiment.hpp"
#include "engine/run.hpp"
#include "outcomes/results.hpp"

namespace sojourn::analysis {

struct SampledRun {
  outcomes::SampleEstimates estimates;
  Table parameters;  // drawn, one row a sample and parameter; sample 0: as they stand
  engine::Counts counts;
};

struct SampledOptions {
  int threads = 1;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t sample)> progress;  // samples finished, in order
};

// `base`: what the base case came to. Throws InputError naming the sample, engine::Stopped.
[[nodiscard]] SampledRun run_samples(const Experiment& experiment, const outcomes::Results& base,
                                     const SampledOptions& options);

}  // namespace sojourn::analysis
