// Many runs of the same number of patients, one a sample of parameter values, in parallel over samples and, within a
// sample, over blocks of patients: many small samples and few large ones both keep all threads at work. A sample's
// programs live from when it is begun until it is finished, and no more samples are begun than threads can work on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/run.hpp"

namespace sojourn::engine {

// One sample while it is worked on.
class Sample {
 public:
  Sample() = default;
  virtual ~Sample() = default;
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  [[nodiscard]] virtual const std::vector<program::Program>& programs() const = 0;  // one a strategy
  virtual void update(const history::Block& block) = 0;  // by several threads at once, in any order of blocks
  virtual void finish() = 0;                             // once, after the last block; samples in any order
  virtual void commit() = 0;                             // once, in the order of samples, one at a time
};

// Makes sample s ready; called by several threads at once.
using BeginSample = std::function<std::unique_ptr<Sample>(std::int64_t s)>;

// Samples 1 .. samples, each with options.patients patients from options.first_patient on. Throws what the first faulty
// sample threw, whatever the number of threads; Stopped.
Counts run_samples(std::int64_t samples, const RunOptions& options, const BeginSample& begin);

}  // namespace sojourn::engine
