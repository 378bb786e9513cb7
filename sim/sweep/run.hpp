// Works on what is missing of a sweep: shard after shard, in parallel over scenarios and, within one, over patients.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sweep/figure_tally.hpp"
#include "sweep/opened.hpp"

namespace sojourn::sweep {

struct Share {  // shards number i, i + of, i + 2 of ...; i from 1
  std::size_t number = 1, of = 1;
};

struct RunOptions {
  int threads = 1;
  Share share;
  bool wait = true;  // for shards that other processes are working on
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t lives)> total;     // to be lived here, told once before the first
  std::function<void(std::int64_t lives)> progress;  // lived so far
};

struct Failed {
  ScenarioKey id = 0;
  std::string reason;
};

struct RunReport {
  std::size_t shards = 0, made = 0;  // of the share; made here
  std::size_t elsewhere = 0;         // others are working on them; only without `wait`
  std::int64_t lives = 0;            // lived here
  std::vector<std::string> damaged;  // files that were not right and were made again
  std::vector<Failed> failed;        // scenarios, each once, in the order of the plan; also of shards made before
  FigureTally figures;               // of the scenarios of the share, also of those made before
};

// Throws RunError (the folder cannot be written to, ...), engine::Stopped: what is finished stays.
[[nodiscard]] RunReport run(Opened& sweep, const RunOptions& options);

}  // namespace sojourn::sweep
