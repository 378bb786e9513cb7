#include "store/shards.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "engine/run.hpp"
#include "store/guarded_file.hpp"
#include "store/trajectory_writer.hpp"

namespace sojourn::store {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t pieces = 64;
constexpr std::int64_t smallest = std::int64_t{1} << 15, largest = std::int64_t{1} << 20;  // [lives]
constexpr std::int64_t most_files = 512;  // half of what a process may have open by default

std::int64_t up(std::int64_t value, std::int64_t part) {
  return (value + part - 1) / part;
}

std::string numbered(std::int64_t number) {
  std::string text = std::to_string(number);
  text.insert(0, text.size() < 4 ? 4 - text.size() : 0, '0');
  return text;
}

// Of equal digests the sizes differ if they are compressed in different ways.
std::string file_name(std::int64_t number, const std::string& digest, std::uintmax_t bytes) {
  return numbered(number) + "-" + digest.substr(digest.find(':') + 1, 8) + "-" + std::to_string(bytes) + ".h5";
}

}  // namespace

ShardPlan::ShardPlan(std::int64_t patients, std::size_t strategies) : patients_(patients) {
  const auto lives_a_patient = static_cast<std::int64_t>(std::max<std::size_t>(strategies, 1));
  // Patients are at most 2^40, strategies a few thousand.
  const std::int64_t wanted =
      std::clamp(up(patients, pieces), up(smallest, lives_a_patient), up(largest, lives_a_patient));
  each_ = up(std::max(wanted, up(patients, most_files)), engine::block_patients) * engine::block_patients;
}

Patients ShardPlan::patients(std::int64_t shard) const {
  const std::int64_t before = shard * each_;
  return {before + 1, std::min(each_, patients_ - before)};
}

ShardFolder::ShardFolder(const std::string& out) {
  std::error_code unknown;
  fs::path target(out);
  if (fs::is_symlink(target, unknown)) target = fs::canonical(target, unknown);  // the result lies where it leads
  beside_ = target.has_parent_path() ? target.parent_path().string() : ".";
  name_ = target.filename().string() + shards_suffix;
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

struct ShardWriter::File : GuardedFile<TrajectoryWriter> {
  using GuardedFile::GuardedFile;
};

ShardWriter::ShardWriter(const ShardFolder& folder, std::int64_t number, const model::Model& model,
                         const RunInput& input, Patients patients)
    : file_(std::make_unique<File>((fs::path(folder.path()) / (numbered(number) + ".h5")).string())),
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
                               [&](const std::string& digest, std::uintmax_t bytes) {
                                 made_.bytes = static_cast<std::int64_t>(bytes);
                                 return file_name(made_.number, digest, bytes);
                               });
  made_.name = folder_.name() + "/" + file_name(made_.number, made_.digest, static_cast<std::uintmax_t>(made_.bytes));
  return made_;
}

}  // namespace sojourn::store
