#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/words.hpp"
#include "store/layout.hpp"
#include "store/reader.hpp"

namespace sojourn::store {

namespace {

struct Row {
  std::string path, rows, type, bytes, unit;
};

std::vector<Row> rows_about(const std::vector<DatasetInfo>& datasets) {
  std::vector<Row> rows{{"dataset", "rows", "type", "bytes", "unit"}};
  for (const DatasetInfo& info : datasets) {
    const std::string stored = info.in_shards ? "in shards" : with_commas(info.stored_bytes);
    const std::string bytes = info.same_as.empty() ? stored : "linked";
    rows.push_back({info.path, with_commas(info.rows), info.type, bytes, info.unit});
  }
  return rows;
}

std::string aligned(const std::vector<Row>& rows) {
  std::size_t path = 0, count = 0, type = 0, bytes = 0;
  for (const Row& row : rows) {
    path = std::max(path, row.path.size());
    count = std::max(count, row.rows.size());
    type = std::max(type, row.type.size());
    bytes = std::max(bytes, row.bytes.size());
  }
  std::string text;
  const auto left = [&](const std::string& cell, std::size_t width) {
    text.append(cell).append(width - cell.size() + 2, ' ');
  };
  const auto right = [&](const std::string& cell, std::size_t width) {
    text.append(width - cell.size(), ' ').append(cell).append("  ");
  };
  for (const Row& row : rows) {
    left(row.path, path);
    right(row.rows, count);
    left(row.type, type);
    right(row.bytes, bytes);
    text.append(row.unit);
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

std::string input_lines(const RunInput& input) {
  std::string text = "model         " + input.model_name + " (" + with_commas(input.model_text.size()) + " bytes)\n";
  for (const model::EmbeddedFile& file : input.files) {
    text += "              with " + file.path + " (" + with_commas(file.content.size()) + " bytes)\n";
  }
  for (const auto& [name, value] : input.overrides) text += "set           " + name + " = " + value + "\n";
  return text;
}

std::string shards_line(const std::vector<ShardFile>& shards) {
  if (shards.empty()) return "";
  std::uint64_t bytes = 0;
  for (const ShardFile& one : shards) bytes += static_cast<std::uint64_t>(one.bytes);
  return "shards        " + with_commas(shards.size()) + " files in " +
         std::filesystem::path(shards[0].name).parent_path().string() + ", " + with_commas(bytes) + " bytes\n";
}

// What reading all of a result shows.
struct Verified {
  std::optional<std::string> digest;  // nothing: there are shards that cannot be read
  std::vector<std::string> damaged;
};

Verified verified(const Reader& reader) {
  Verified found;
  try {
    found.digest = reader.recomputed_digest();
    if (found.digest != reader.digest()) found.damaged = reader.damaged_shards();
  } catch (const InputError&) {
    found.damaged = reader.damaged_shards();
    if (found.damaged.empty()) throw;
  }
  return found;
}

std::string digest_lines(const std::string& stored, const std::optional<Verified>& verified) {
  std::string text = "digest        " + stored;
  if (!verified) return text + " (as stored)\n";
  if (verified->digest == stored) return text + " (recomputed: equal)\n";
  text += verified->digest ? "\n              DIFFERENT when recomputed: " + *verified->digest +
                                 "; the file was changed or damaged\n"
                           : "\n              cannot be recomputed: not all shards can be read\n";
  for (const std::string& shard : verified->damaged) text += "              " + shard + " is damaged\n";
  return text;
}

}  // namespace

Inspection inspect(const std::string& path, bool recompute) {
  const Reader reader(path);
  reader.check_shards();
  const std::optional<Verified> found = recompute ? std::optional(verified(reader)) : std::nullopt;
  const RunInput& input = reader.input();
  std::string text = std::filesystem::path(path).filename().string() + ": sojourn result, schema version " +
                     std::to_string(schema_version) + "\n";
  text += "title         " + reader.title() + "\n" + input_lines(input);
  text += "patients      " + with_commas(static_cast<std::uint64_t>(std::max<std::int64_t>(input.patients, 0))) +
          " a strategy, seed " + std::to_string(input.seed) +
          (input.replicate > 0 ? ", replicate " + std::to_string(input.replicate) : "") + ", horizon " +
          number_text(reader.horizon()) + " years\n";
  if (input.samples > 0) {
    text += "samples       " + with_commas(static_cast<std::uint64_t>(input.samples)) +
            " of the uncertain parameters, " +
            (input.share_patients ? "with the same patients\n" : "each with patients of its own\n");
  }
  if (input.narrow_times) text += "times         rounded to 32 bits\n";
  text += "strategies    " + listed(reader.strategies()) + "\n";
  text += "states        " + listed(reader.states()) + "\n";
  text += "trajectories  " + reader.trajectories() + "\n";
  text += shards_line(reader.shards());
  text += "outcomes      " + listed(reader.tables()) + "\n";
  text += digest_lines(reader.digest(), found);
  return {text + "\n" + aligned(rows_about(reader.datasets())), found && found->digest != reader.digest()};
}

}  // namespace sojourn::store
