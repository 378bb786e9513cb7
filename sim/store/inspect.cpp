#include <algorithm>
#include <filesystem>

#include "base/number_text.hpp"
#include "store/layout.hpp"
#include "store/reader.hpp"

namespace sojourn::store {

namespace {

std::string with_commas(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

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

std::string digest_line(const std::string& stored, const std::string* recomputed) {
  const std::string text = "digest        " + stored;
  if (recomputed == nullptr) return text + " (as stored)\n";
  if (*recomputed == stored) return text + " (recomputed: equal)\n";
  return text + "\n              DIFFERENT when recomputed: " + *recomputed + "; the file was changed or damaged\n";
}

}  // namespace

Inspection inspect(const std::string& path, bool recompute) {
  const Reader reader(path);
  reader.check_shards();
  const std::string recomputed = recompute ? reader.recomputed_digest() : std::string();
  const RunInput& input = reader.input();
  std::string text = std::filesystem::path(path).filename().string() + ": sojourn result, schema version " +
                     std::to_string(schema_version) + "\n";
  text += "title         " + reader.title() + "\n" + input_lines(input);
  text += "patients      " + with_commas(static_cast<std::uint64_t>(std::max<std::int64_t>(input.patients, 0))) +
          " a strategy, seed " + std::to_string(input.seed) + ", horizon " + number_text(reader.horizon()) + " years\n";
  if (input.samples > 0) {
    text += "samples       " + with_commas(static_cast<std::uint64_t>(input.samples)) +
            " of the uncertain parameters, " +
            (input.share_patients ? "with the same patients\n" : "each with patients of its own\n");
  }
  text += "strategies    " + joined(reader.strategies()) + "\n";
  text += "states        " + joined(reader.states()) + "\n";
  text += "trajectories  " + reader.trajectories() + "\n";
  text += shards_line(reader.shards());
  text += "outcomes      " + joined(reader.tables()) + "\n";
  text += digest_line(reader.digest(), recompute ? &recomputed : nullptr);
  const bool damaged = recompute && recomputed != reader.digest();
  if (damaged) {
    for (const std::string& shard : reader.damaged_shards()) text += "              " + shard + " is damaged\n";
  }
  return {text + "\n" + aligned(rows_about(reader.datasets())), damaged};
}

}  // namespace sojourn::store
