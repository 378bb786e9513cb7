#include "sweep/opened.hpp"

#include "base/durable.hpp"
#include "base/error.hpp"

namespace sojourn::sweep {

Opened::Opened(Folder folder_, Definition definition_, Scenarios scenarios_, Plan plan_)
    : folder(std::move(folder_)),
      definition(std::move(definition_)),
      sources(folder.model_sources()),
      scenarios(std::move(scenarios_)),
      plan(std::move(plan_)),
      basis(definition.basis(scenarios)) {}

std::unique_ptr<Opened> Opened::open(const std::string& path, const std::string& program) {
  Folder folder(path);
  Definition definition = folder.definition();
  if (definition.program != program) {
    throw InputError("the sweep in '" + path + "' was begun with version " + definition.program +
                     " of this program, this is " + program + " (numbers may differ between versions)");
  }
  Diagnostics problems;
  auto file = read_sweep_file(path + "/" + definition.sweep_name, definition.sweep_text, problems);
  const auto base = model::CheckedModel::load(folder.model_sources(), {}, nullptr, {}, problems);
  if (!file || !base || !problems.ok()) throw InputError(problems.text());
  Points points = folder.points(*file);
  auto scenarios = Scenarios::make(std::move(*file), std::move(points), base->model(), problems);
  if (!scenarios) throw InputError(problems.text());
  if (scenarios->ids() != folder.ids()) {
    throw InputError("the sweep in '" + path + "' is not whole: its scenarios are not those of its sweep file");
  }
  Plan plan = folder.plan();
  auto made = std::unique_ptr<Opened>(
      new Opened(std::move(folder), std::move(definition), std::move(*scenarios), std::move(plan)));
  made->seed = made->scenarios.file().seed_of(base->model());
  made->patients = made->scenarios.file().patients_of(base->model());
  for (const Axis& axis : made->scenarios.file().axes) {
    const config::Node* const found = axis.target == Target::path ? base->value_at(axis.path) : nullptr;
    made->own.push_back(found == nullptr ? std::nullopt : std::optional(*found));
  }
  return made;
}

std::optional<ShardContent> Opened::read(const Shard& shard) const {
  const std::string path = folder.shard_path(shard);
  const auto bytes = read_if_there(path);
  if (!bytes) return std::nullopt;
  ShardContent content;
  try {
    content = read_shard(*bytes);
  } catch (const RunError& error) {
    throw RunError("'" + path + "' " + error.what());
  }
  bool right =
      content.basis == basis && content.patients == shard.patients && content.entries.size() == shard.scenarios;
  for (std::size_t i = 0; right && i < shard.scenarios; ++i) right = content.entries[i].id == id(shard, i);
  if (!right) throw RunError("'" + path + "' is of another sweep, or another shard of this one");
  return content;
}

}  // namespace sojourn::sweep
