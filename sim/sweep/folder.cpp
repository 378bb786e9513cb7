#include "sweep/folder.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "store/digest.hpp"
#include "sweep/plan_text.hpp"

namespace sojourn::sweep {

namespace {

namespace fs = std::filesystem;

constexpr const char* mark = "sojourn_sweep.txt";
constexpr const char* first_line = "a sweep of sojourn, version 1";

std::string padded(std::size_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string hex(std::size_t number, int width) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*zx", width, number);
  return text;
}

std::string needed(const std::string& path) {
  auto text = read_if_there(path);
  if (!text) throw InputError("'" + path + "' is missing: the folder of the sweep is not whole");
  return std::move(*text);
}

void write_plan(const std::string& folder, const Definition& definition, const Scenarios& scenarios, const Plan& plan) {
  make_folder(folder);
  write_durably(folder + "/" + definition.sweep_name, definition.sweep_text);
  write_durably(folder + "/name.txt", definition.sweep_name + "\n");
  write_durably(folder + "/scenarios.tsv", scenario_lines(scenarios));
  write_durably(folder + "/stages.txt", stage_lines(plan));
}

// True unless something has that name already.
bool rename_folder(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return true;
  const int code = errno;
  std::error_code ignored;
  fs::remove_all(from, ignored);
  if (code == EEXIST || code == ENOTEMPTY || code == ENOTDIR) return false;
  throw RunError("cannot make '" + to + "': " + std::generic_category().message(code));
}

std::string first_word_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::string Definition::basis(const Scenarios& scenarios) const {
  const SweepFile& file = scenarios.file();
  store::ColumnHash hash;
  const auto add = [&](const std::string& text) {
    const std::string sized = std::to_string(text.size()) + ":" + text;
    hash.add(sized.data(), sized.size());
  };
  add(program);
  add(model_text);
  for (const model::EmbeddedFile& one : files) {
    add(one.path);
    add(one.content);
  }
  add(std::to_string(file.seed));
  add(file.common_random_numbers ? "common" : "own");
  for (const auto* list : {&file.strategies, &file.outcomes}) {
    add(std::to_string(list->size()));
    for (const std::string& one : *list) add(one);
  }
  add(scenarios.recalibration().text());
  return hash.hex();
}

bool Folder::create(const std::string& path, const Definition& definition, const Scenarios& scenarios,
                    const Plan& plan) {
  if (fs::exists(path)) return false;
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty() && !fs::exists(parent)) {
    throw RunError("cannot make '" + path + "': the folder '" + parent.string() + "' does not exist");
  }
  remove_leftovers_of(path);
  const std::string made = own_name(path, "part");
  try {
    make_folder(made + "/model");
    make_folder(made + "/shards");
    write_durably(made + "/model/" + definition.model_name, definition.model_text);
    for (const model::EmbeddedFile& one : definition.files) {
      const fs::path place = fs::path(made) / "model" / one.path;
      make_folder(place.parent_path().string());
      write_durably(place.string(), one.content);
    }
    write_plan(made + "/plans/000001", definition, scenarios, plan);
    write_durably(made + "/" + mark, std::string(first_line) + "\nprogram " + definition.program + "\nmodel " +
                                         definition.model_name + "\n");
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(made, ignored);
    throw;
  }
  if (!rename_folder(made, path)) return false;
  sync_folder(parent.empty() ? "." : parent.string());
  return true;
}

Folder::Folder(std::string path) : path_(std::move(path)) {
  const auto text = read_if_there(path_ + "/" + mark);
  if (!text) throw InputError("'" + path_ + "' is no folder of a sweep (it holds no " + mark + ")");
  std::istringstream lines(*text);
  std::string head, program, model;
  std::getline(lines, head);
  std::getline(lines, program);
  std::getline(lines, model);
  if (head != first_line) {
    throw InputError("'" + path_ + "' was made by a later version of this program, or is damaged");
  }
  if (!program.starts_with("program ") || !model.starts_with("model ")) damaged_file(path_ + "/" + mark);
  program_ = program.substr(8);
  model_name_ = model.substr(6);
  while (fs::exists(plan_folder(plans_ + 1))) ++plans_;
  if (plans_ == 0) damaged_file(path_ + "/plans");
}

std::string Folder::plan_folder(std::size_t number) const {
  return path_ + "/plans/" + padded(number, 6);
}

Definition Folder::definition() const {
  Definition made;
  made.program = program_;
  made.sweep_name = first_word_line(needed(plan_folder(plans_) + "/name.txt"));
  made.sweep_text = needed(plan_folder(plans_) + "/" + made.sweep_name);
  made.model_name = model_name_;
  made.model_text = needed(path_ + "/model/" + model_name_);
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(path_ + "/model")) {
    if (entry.is_regular_file()) found.push_back(fs::relative(entry.path(), path_ + "/model"));
  }
  std::sort(found.begin(), found.end());
  for (const fs::path& one : found) {
    if (one != model_name_) made.files.push_back({one.string(), needed((fs::path(path_) / "model" / one).string())});
  }
  return made;
}

model::DiskSources Folder::model_sources() const {
  return model::DiskSources(path_ + "/model/" + model_name_);
}

Plan Folder::plan() const {
  const std::string path = plan_folder(plans_) + "/stages.txt";
  return read_stages(needed(path), path);
}

Points Folder::points(const SweepFile& file) const {
  const std::string path = plan_folder(plans_) + "/scenarios.tsv";
  return read_points(needed(path), path, file);
}

std::vector<ScenarioKey> Folder::ids() const {
  const std::string path = plan_folder(plans_) + "/scenarios.tsv";
  return read_ids(needed(path), path);
}

void Folder::add_plan(const Definition& definition, const Scenarios& scenarios, const Plan& plan) {
  const std::string target = plan_folder(plans_ + 1);
  remove_leftovers_of(target);
  const std::string made = own_name(target, "part");
  try {
    write_plan(made, definition, scenarios, plan);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(made, ignored);
    throw;
  }
  if (!rename_folder(made, target)) throw RunError("another process expanded '" + path_ + "' meanwhile; say it again");
  sync_folder(path_ + "/plans");
  ++plans_;
}

std::string Folder::shard_path(const Shard& shard) const {
  if (const LookPlace& look = shard.look; look.patients > 0) {
    return path_ + "/looks/" + std::to_string(look.patients) + "/" + std::to_string(look.stage + 1) + "/" +
           hex(look.number / 256, 2) + "/" + hex(look.number, 4) + "." + hex(look.members, 8) + "." +
           hex(shard.number, 4) + ".sums";
  }
  return path_ + "/shards/" + std::to_string(shard.stage + 1) + "/" + hex(shard.number / 256, 2) + "/" +
         hex(shard.number, 4) + ".sums";
}

std::string Folder::solutions_path() const {
  return path_ + "/solved";
}

std::string Folder::claim_path(const Shard& shard) const {
  return shard_path(shard) + ".claim";
}

}  // namespace sojourn::sweep
