#include "store/shards.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "store/guarded_file.hpp"
#include "store/shard_check.hpp"
#include "store/trajectory_writer.hpp"

namespace sojourn::store {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t pieces = 64;
constexpr std::int64_t smallest = std::int64_t{1} << 15, largest = std::int64_t{1} << 20;  // [lives]
constexpr std::int64_t most_files = 512;    // half of what a process may have open by default
constexpr std::int64_t whole_blocks = 512;  // [patients]

std::int64_t up(std::int64_t value, std::int64_t part) {
  return (value + part - 1) / part;
}

std::string file_name(std::int64_t number, const std::string& digest) {
  std::string text = std::to_string(number);
  text.insert(0, text.size() < 4 ? 4 - text.size() : 0, '0');
  if (digest.empty()) return text + ".h5";
  return text + "-" + digest.substr(digest.find(':') + 1, 8) + ".h5";
}

}  // namespace

ShardPlan::ShardPlan(std::int64_t patients, std::size_t strategies) : patients_(patients) {
  const auto lives_a_patient = static_cast<std::int64_t>(std::max<std::size_t>(strategies, 1));
  // Patients are at most 2^40, strategies a few thousand.
  const std::int64_t wanted =
      std::clamp(up(patients, pieces), up(smallest, lives_a_patient), up(largest, lives_a_patient));
  each_ = up(std::max(wanted, up(patients, most_files)), whole_blocks) * whole_blocks;
}

Patients ShardPlan::patients(std::int64_t shard) const {
  const std::int64_t before = shard * each_;
  return {before + 1, std::min(each_, patients_ - before)};
}

ShardFolder::ShardFolder(const std::string& out) : out_(out) {
  std::error_code unknown;
  fs::path target(out);
  if (fs::is_symlink(target, unknown)) target = fs::canonical(target, unknown);  // the result lies where it leads
  beside_ = target.has_parent_path() ? target.parent_path().string() : ".";
  if (target.extension() == ".h5") target.replace_extension();
  name_ = target.filename().string() + ".shards";
}

std::string ShardFolder::path() const {
  return (fs::path(beside_) / name_).string();
}

std::string ShardFolder::path(const ShardFile& shard) const {
  return (fs::path(beside_) / shard.name).string();
}

void ShardFolder::make() const {
  make_folder(path());
}

void ShardFolder::clean() const {
  const auto named = named_shards(out_);
  if (!named) return;
  static const std::regex ours(R"((\d{4,}-[0-9a-f]{8}\.h5)|(\.\d{4,}\.h5\.part))");
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(path(), ignored)) {
    const std::string name = entry.path().filename().string();
    const bool kept =
        std::any_of(named->begin(), named->end(), [&](const std::string& one) { return one == name_ + "/" + name; });
    if (!kept && std::regex_match(name, ours)) fs::remove(entry.path(), ignored);
  }
  if (fs::is_empty(path(), ignored)) fs::remove(path(), ignored);
}

struct ShardWriter::File : GuardedFile<TrajectoryWriter> {
  using GuardedFile::GuardedFile;
};

ShardWriter::ShardWriter(const ShardFolder& folder, std::int64_t number, const model::Model& model,
                         const RunInput& input, Patients patients)
    : file_(std::make_unique<File>((fs::path(folder.path()) / file_name(number, "")).string())),
      folder_(folder),
      made_{number, patients, 0, "", ""} {
  file_->write([&](Output& output, std::optional<TrajectoryWriter>& trajectories) {
    output.root_attribute("format", std::string("sojourn shard"));
    output.root_attribute("schema_version", schema_version);
    output.root_attribute("first_patient", patients.first);
    output.root_attribute("patients", patients.count);
    trajectories.emplace(output, model, input, Layout(model, input, patients));
  });
}

ShardWriter::~ShardWriter() = default;

void ShardWriter::append(const history::Block& block) {
  file_->write([&](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->append(block); });
}

ShardFile ShardWriter::finish() {
  made_.digest = file_->finish([](Output&, std::optional<TrajectoryWriter>& trajectories) { trajectories->finish(); },
                               [&](const std::string& digest) { return file_name(made_.number, digest); });
  made_.name = folder_.name() + "/" + file_name(made_.number, made_.digest);
  made_.bytes = static_cast<std::int64_t>(fs::file_size(folder_.path(made_)));
  return made_;
}

}  // namespace sojourn::store
