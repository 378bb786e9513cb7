// Many runs, one a set of parameter values (a sample, a scenario), in parallel over the runs and, within one, over
// blocks of patients: many small runs and few large ones both keep all threads at work. A run's programs live from when
// it is prepared until it is finished, and no more runs are begun than threads can work on.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/live.hpp"

namespace sojourn::engine {

// One of them while it is worked on.
class Sample {
 public:
  Sample() = default;
  virtual ~Sample() = default;
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  [[nodiscard]] virtual PatientRange patients() const = 0;
  [[nodiscard]] virtual std::string name() const = 0;  // "sample 3": for errors of its patients
  virtual void prepare() = 0;                          // once, before the rest; several samples at once
  [[nodiscard]] virtual const std::vector<program::Program>& programs() const = 0;  // one a strategy
  virtual void update(const history::Block& block) = 0;  // by several threads at once, in any order of blocks
  virtual void finish() = 0;                             // once, after the last block; samples in any order
  virtual void commit() = 0;                             // once, in the order of samples, one at a time
  // Whether what was thrown before commit() concerns this one only: then it is committed all the same.
  [[nodiscard]] virtual bool absorbs(const std::exception_ptr& /*fault*/) { return false; }
};

// The next sample, cheaply made; none: there are no more. Called by one thread at a time.
using NextSample = std::function<std::unique_ptr<Sample>()>;

// Throws what the first faulty sample threw, whatever the number of threads; Stopped.
Counts run_samples(int threads, const std::atomic<bool>* stop, const NextSample& next);

}  // namespace sojourn::engine
