// Works on what is missing of a sweep: shard after shard, in parallel over scenarios and, within one, over patients.
// With several processes that belong together each takes the next shard when it needs one.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sweep/figure_tally.hpp"
#include "sweep/opened.hpp"
#include "team/team.hpp"

namespace sojourn::sweep {

struct Share {  // shards number i, i + of, i + 2 of ...; i from 1
  std::size_t number = 1, of = 1;
};

struct RunOptions {
  int threads = 1;
  Share share;
  std::size_t first_stage = 0;  // only stages of the plan from this one on
  bool wait = true;             // for shards that other processes are working on
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t lives)> total;     // to be lived by all, told once before the first
  std::function<void(std::int64_t lives)> progress;  // lived so far
};

struct Failed {
  ScenarioKey id = 0;
  std::string reason;
};

struct RunReport {
  std::size_t shards = 0, made = 0;  // of the share; made by the team
  std::size_t elsewhere = 0;         // others are working on them; only without `wait`
  std::int64_t lives = 0;            // lived by the team
  std::vector<std::string> damaged;  // files that were not right and were made again
  std::vector<Failed> failed;        // scenarios, each once, in the order of the plan; also of shards made before
  FigureTally figures;               // of the scenarios of the share, also of those made before
};

// Called by all of the team; the report is of all, in the first process. Throws, in all, RunError (the folder cannot be
// written to, ...), engine::Stopped: what is finished stays.
[[nodiscard]] RunReport run(Opened& sweep, const RunOptions& options, team::Team& team);

}  // namespace sojourn::sweep
