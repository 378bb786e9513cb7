// HDF5 shows a virtual dataset whose file is missing as if it were full of zeros. So before a result in several files
// is read, its files are looked at: each must be there, with the size and the digest that the result has noted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/input_file.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

// Of the result that is open as `file`; empty: it is in one file.
[[nodiscard]] std::vector<ShardFile> shards_of(const InputFile& file);

// Throws InputError naming each shard of the result `path`, open as `file`, that is missing or another. Damage within a
// shard is found by damaged_shards().
void check_shards(const InputFile& file, const std::string& path, const std::vector<ShardFile>& shards);

// The names of those whose content has not their digest; reads all of them.
[[nodiscard]] std::vector<std::string> damaged_shards(const std::string& path, const std::vector<ShardFile>& shards);

// Of the result at `path`; empty if there is no file, or one without shards; nothing if that cannot be told.
[[nodiscard]] std::optional<std::vector<std::string>> named_shards(const std::string& path);

}  // namespace sojourn::store
