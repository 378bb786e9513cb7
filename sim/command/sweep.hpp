// `sojourn sweep`: a model in many scenarios, in a folder that can be stopped, resumed, shared out and collected.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::command {

struct SweepOptions {
  std::string sweep;   // SWEEP.yaml, or the folder of a sweep where there is one
  std::string folder;  // --out; empty: the sweep's name with .sweep
  int threads = 0;     // 0: all
  std::string share;   // --shard i/n
  bool no_wait = false, quiet = false;
  bool resolve = false;
  std::string out, csv;  // of collect
  bool partial = false;
  int rows = 10;  // of plan
  // of submit
  int tasks = 0;  // 0: as many as have minutes of work each
  std::vector<std::string> sbatch;
  bool print = false;
};

[[nodiscard]] int threads_of(const SweepOptions& options);

// Each returns the exit code.
[[nodiscard]] int sweep_plan(const SweepOptions& options);
[[nodiscard]] int sweep_run(const SweepOptions& options);
[[nodiscard]] int sweep_submit(const SweepOptions& options);
[[nodiscard]] int sweep_resume(const SweepOptions& options);
[[nodiscard]] int sweep_expand(const SweepOptions& options);
[[nodiscard]] int sweep_status(const SweepOptions& options);
[[nodiscard]] int sweep_collect(const SweepOptions& options);

}  // namespace sojourn::command
