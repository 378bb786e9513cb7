#include "store/shard_leftovers.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "store/part_file.hpp"
#include "store/reader.hpp"
#include "store/shard_check.hpp"
#include "store/shards.hpp"

namespace sojourn::store {

namespace fs = std::filesystem;

namespace {

const std::regex& shard_name() {
  static const std::regex name(R"(\d{4,}-[0-9a-f]{8}(-\d+)?\.h5)");
  return name;
}

// The shard's number is what is captured.
const std::regex& part_name() {
  static const std::regex name(R"(\.(\d{4,})\.h5\.part)");
  return name;
}

// A result on its way: its shards are in its own folder.
bool is_part(const std::string& name) {
  return name.starts_with('.') && name.ends_with(".part");
}

// What the results in a folder name as their shards; nothing if that cannot be told of one of the files.
std::optional<std::set<std::string>> named_in(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator one(folder, error), end; !error && one != end; one.increment(error)) {
    std::error_code unknown;
    if (!one->is_regular_file(unknown) || is_part(one->path().filename().string())) continue;
    const std::string path = one->path().string();
    if (!std::ifstream(path)) return std::nullopt;
    if (!is_hdf5_file(path)) continue;
    auto more = named_shards(path);
    if (!more) return std::nullopt;
    names.insert(more->begin(), more->end());
  }
  if (error) return std::nullopt;
  return names;
}

// Of a run that was killed. Its lock tells; the part is removed with the guard.
void remove_part(const fs::path& folder, const std::string& number) {
  try {
    const PartFile abandoned((folder / (number + ".h5")).string());
  } catch (const RunError&) {
    return;  // somebody writes it
  }
}

}  // namespace

ShardLeftovers::ShardLeftovers(const std::string& out) {
  const ShardFolder folder(out);
  beside_ = folder.beside();
  own_ = folder.name();
  replaced_ = named_shards(out).value_or(std::vector<std::string>());
}

void ShardLeftovers::remove() const {
  std::set<std::string> folders{own_};
  for (const std::string& name : replaced_) {
    const fs::path folder = fs::path(name).parent_path();
    if (!folder.has_parent_path() && folder.extension() == shards_suffix) folders.insert(folder.string());
  }
  for (const std::string& folder : folders) remove_in(folder);
}

void ShardLeftovers::remove_in(const std::string& folder) const {
  const fs::path path = fs::path(beside_) / folder;
  const std::set<std::string> replaced(replaced_.begin(), replaced_.end());
  std::set<std::string> shards, parts;
  std::error_code error;
  for (fs::directory_iterator one(path, error), end; !error && one != end; one.increment(error)) {
    const std::string name = one->path().filename().string(), from_beside = folder + "/" + name;
    std::smatch part;
    const bool may_go = folder == own_ || replaced.contains(from_beside);
    if (may_go && std::regex_match(name, shard_name())) shards.insert(from_beside);
    if (folder == own_ && std::regex_match(name, part, part_name())) parts.insert(part[1]);
  }
  if (error) return;  // mostly: there is no such folder
  try {
    // Who writes the result that the folder belongs to holds this, and so nobody adds shards meanwhile.
    const PartFile lock((fs::path(beside_) / fs::path(folder).stem()).string());
    const auto named = shards.empty() ? std::set<std::string>() : named_in(beside_);
    for (const std::string& name : shards) {
      if (named && !named->contains(name)) fs::remove(fs::path(beside_) / name, error);
    }
    for (const std::string& number : parts) remove_part(path, number);
    if (fs::is_empty(path, error)) fs::remove(path, error);
  } catch (const RunError&) {
    return;  // a run is writing; or the folder is not ours to change
  }
}

}  // namespace sojourn::store
