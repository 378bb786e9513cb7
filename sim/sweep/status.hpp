// How far a sweep is. Reads every shard, so that what is told as done is right.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/opened.hpp"

namespace sojourn::sweep {

struct Status {
  std::size_t shards = 0, done = 0, running = 0, missing = 0;
  std::int64_t lives = 0, lives_done = 0;
  std::vector<std::string> damaged;  // files, with what is wrong
  std::vector<std::string> failed;   // scenarios, each once, with the reason
};

[[nodiscard]] Status status_of(const Opened& sweep);

}  // namespace sojourn::sweep
