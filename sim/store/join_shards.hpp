// The columns of a result over its shards.
#pragma once

#include <string>
#include <vector>

#include "store/input_file.hpp"
#include "store/layout.hpp"
#include "store/output.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

struct SharedColumn {
  std::string path;
  std::vector<std::string> further;  // paths of the same dataset: strategies that share a baseline
  [[nodiscard]] bool is_offsets() const { return path.ends_with("/first"); }
};

// Of a shard, by path.
[[nodiscard]] std::vector<SharedColumn> shared_columns(const InputFile& shard);

// `hashes`: of the columns that are not offsets, in their order.
void join_shards(Output& output, const Layout& layout, const ShardFolder& folder, const std::vector<ShardFile>& shards,
                 const std::vector<std::string>& hashes);

}  // namespace sojourn::store
