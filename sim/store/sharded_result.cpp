#include "store/sharded_result.hpp"

#include <optional>

#include "store/guarded_file.hpp"
#include "store/header.hpp"
#include "store/input_file.hpp"
#include "store/join_shards.hpp"
#include "store/table_reader.hpp"
#include "store/trajectory_writer.hpp"
#include "store/verify.hpp"

namespace sojourn::store {

namespace {

struct NoContent {};

}  // namespace

std::vector<std::string> columns_in_shards(const std::string& shard) {
  return reading(shard, [&] {
    std::vector<std::string> paths;
    for (const SharedColumn& one : shared_columns(InputFile(shard))) {
      if (!one.is_offsets()) paths.push_back(one.path);
    }
    return paths;
  });
}

std::string hash_of_column(const ShardFolder& folder, const std::vector<ShardFile>& shards, const std::string& column) {
  return reading(folder.path(), [&] { return hash_through(folder, shards, column).hex(); });
}

struct ShardedResult::File : GuardedFile<NoContent> {
  using GuardedFile::GuardedFile;
};

ShardedResult::ShardedResult(const std::string& path, const model::Model& model, const RunInput& input)
    : file_(std::make_unique<File>(path)), model_(model), input_(input) {
  file_->write([&](Output& output, std::optional<NoContent>&) {
    const Layout layout(model, input);
    write_head(output, model, input, layout);
    create_strategies(output, model, layout);
    write_outcomes_group(output);
  });
}

ShardedResult::~ShardedResult() = default;

void ShardedResult::join(const ShardFolder& folder, const std::vector<ShardFile>& shards,
                         const std::vector<std::string>& hashes) {
  file_->write([&](Output& output, std::optional<NoContent>&) {
    join_shards(output, Layout(model_, input_), folder, shards, hashes);
  });
}

void ShardedResult::write_table(const Table& table) {
  file_->write([&](Output& output, std::optional<NoContent>&) { store::write_table(output, table); });
}

std::string ShardedResult::finish() {
  return file_->finish([](Output&, std::optional<NoContent>&) {});
}

}  // namespace sojourn::store
