// What a run comes to: what is told of the shards that were there before and of those that are made, by each process
// of a team, put together in the first.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sweep/run.hpp"

namespace sojourn::sweep {

class RunTally {
 public:
  RunTally(const Opened& sweep, team::Team& team);

  [[nodiscard]] std::size_t scenario_of(ScenarioKey id) const { return scenario_of_.at(id); }

  // Of a shard that is there; several threads at once.
  void note(const ShardContent& content);
  // By all of the team, at the end. Of all, in the first process.
  [[nodiscard]] RunReport report();

  RunReport own;  // what this process counts itself; by one thread at a time

 private:
  [[nodiscard]] std::string told() const;
  void add(const std::string& told);

  const Opened& sweep_;
  team::Team& team_;
  std::unordered_map<ScenarioKey, std::size_t> scenario_of_;
  std::mutex mutex_;                      // of all below
  std::map<std::size_t, Failed> failed_;  // by scenario
  FigureTally figures_;
  std::vector<std::pair<std::size_t, std::string>> solved_;  // scenarios and solutions, for the first process
};

}  // namespace sojourn::sweep
