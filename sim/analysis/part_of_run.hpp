// What one process' part of a run came to, on its way to the first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/run.hpp"
#include "store/shards.hpp"

namespace sojourn::analysis {

struct PartOfRun {
  engine::Counts counts;
  std::vector<store::ShardFile> shards;
  std::string sums;  // Estimators::stored()

  [[nodiscard]] std::string bytes() const;
  [[nodiscard]] static PartOfRun read(std::string_view bytes);
};

}  // namespace sojourn::analysis
