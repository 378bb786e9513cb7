// The digest of a file, computed again from all it holds.
#pragma once

#include <string>
#include <vector>

#include "store/digest.hpp"
#include "store/input_file.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

// Of one that lies in shards, through all of them in order.
[[nodiscard]] ColumnHash hash_through(const ShardFolder& folder, const std::vector<ShardFile>& shards,
                                      const std::string& column);

[[nodiscard]] std::string digest_of(const InputFile& file);
// Of a result, which may lie in shards: those are read, not what the virtual datasets show.
[[nodiscard]] std::string digest_of_result(const InputFile& file, const std::string& path,
                                           const std::vector<ShardFile>& shards);

}  // namespace sojourn::store
