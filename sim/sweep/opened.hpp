// A sweep in its folder, ready to work on.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sweep/folder.hpp"
#include "sweep/shard_file.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {

class Opened {
 public:
  // Throws InputError: no sweep, or one that `program`, the version of this program, did not begin.
  [[nodiscard]] static std::unique_ptr<Opened> open(const std::string& path, const std::string& program);

  Folder folder;
  Definition definition;
  model::DiskSources sources;
  Scenarios scenarios;
  Plan plan;
  std::string basis;
  std::uint32_t seed = 1;
  std::int64_t patients = 0;  // a strategy, in each scenario
  // By axis: what the model itself has where the axis puts its values; nothing of axes of parameters.
  std::vector<std::optional<config::Node>> own;
  Variants variants{scenarios, sources};

  // A finished shard, whose checksum, place and sweep are right; nothing if there is none. Throws RunError,
  // "'FILE' is damaged: ...".
  [[nodiscard]] std::optional<ShardContent> read(const Shard& shard) const;
  [[nodiscard]] ScenarioKey id(const Shard& shard, std::size_t entry) const {
    return plan.stages[shard.stage].scenarios[shard.first + entry];
  }
  [[nodiscard]] std::int64_t lives(const Shard& shard) const {
    return shard.patients.count * plan.stages[shard.stage].strategies * static_cast<std::int64_t>(shard.scenarios);
  }

 private:
  Opened(Folder folder_, Definition definition_, Scenarios scenarios_, Plan plan_);
};

}  // namespace sojourn::sweep
