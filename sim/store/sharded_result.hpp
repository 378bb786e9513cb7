// The file that a result in shards is read by: the run's input, the dictionaries, the tables of outcomes as in a result
// of one file, and its columns of lives as virtual datasets over the shards. Only `first`, the patients' offsets, is
// written out here: in a shard they count from its own beginning.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "model/model.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

// The columns that lie in shards, by path; of those that strategies share one path only.
[[nodiscard]] std::vector<std::string> columns_in_shards(const std::string& shard);
// What goes into the digest for one of them: the hash of its rows through all shards. Throws InputError.
[[nodiscard]] std::string hash_of_column(const ShardFolder& folder, const std::vector<ShardFile>& shards,
                                         const std::string& column);

class ShardedResult {
 public:
  // As Writer: a part file until finish(), which nobody else can write meanwhile. Throws RunError.
  ShardedResult(const std::string& path, const model::Model& model, const RunInput& input);
  ~ShardedResult();
  ShardedResult(const ShardedResult&) = delete;
  ShardedResult& operator=(const ShardedResult&) = delete;

  // All shards in order, and the hashes of columns_in_shards() in that order. Once.
  void join(const ShardFolder& folder, const std::vector<ShardFile>& shards, const std::vector<std::string>& hashes);
  void write_table(const Table& table);
  [[nodiscard]] std::string finish();  // the digest: that of the same result in one file

 private:
  struct File;
  std::unique_ptr<File> file_;
  const model::Model& model_;
  RunInput input_;
};

}  // namespace sojourn::store
