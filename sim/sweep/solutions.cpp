#include "sweep/solutions.hpp"

#include <filesystem>
#include <optional>

#include "base/durable.hpp"
#include "base/error.hpp"
#include "sweep/shard_file.hpp"

namespace sojourn::sweep {

SolutionContent solution_content(const Scenarios& scenarios, std::size_t scenario,
                                 const std::vector<std::size_t>& uses) {
  const std::vector<double> values = scenarios.values(scenario);
  std::vector<double> used;
  for (const std::size_t i : uses) used.push_back(values[i]);
  return {scenarios.places_under(scenarios.recalibration().strategy, scenario), used,
          scenarios.file().common_random_numbers ? 0 : scenarios.id(scenario)};
}

void Solutions::note(ScenarioKey id, const std::string& stored) {
  if (stored.empty()) return;
  const std::scoped_lock lock(mutex_);
  known_.try_emplace(id, stored);
}

Solution Solutions::of(std::size_t scenario, const Variant& variant, const FigureLives& how, bool shared) {
  const ScenarioKey id = scenarios_.id(scenario);
  std::shared_ptr<Shared> one;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = known_.find(id); known != known_.end()) return read_solution(known->second);
    auto& place = shared_[solution_content(scenarios_, scenario, variant.figures()->uses())];
    if (!place) place = std::make_shared<Shared>();
    one = place;
  }
  one->once.call([&] { one->stored = shared ? read_or_find(scenario, variant, how) : find(scenario, variant, how); });
  return read_solution(one->stored);
}

std::string Solutions::find(std::size_t scenario, const Variant& variant, const FigureLives& how) const {
  return solve(scenarios_.recalibration(), *variant.figures(), scenarios_.values(scenario), how).stored();
}

std::string Solutions::path(ScenarioKey id) const {
  const std::string name = id_text(id);
  return folder_ + "/" + name.substr(0, 2) + "/" + name + ".solution";
}

// The file is that of a shard without sums. Nothing: it is not there, or of no use, and is made again.
std::optional<std::string> Solutions::kept(ScenarioKey id, const engine::PatientRange& patients) const {
  const auto bytes = read_if_there(path(id));
  if (!bytes) return std::nullopt;
  try {
    const ShardContent content = read_shard(*bytes);
    if (content.basis != basis_ || !(content.patients == patients) || content.entries.size() != 1) return std::nullopt;
    const ShardEntry& one = content.entries.front();
    return one.id == id ? std::optional(one.solution) : std::nullopt;
  } catch (const RunError&) {
    return std::nullopt;
  }
}

std::string Solutions::read_or_find(std::size_t scenario, const Variant& variant, const FigureLives& how) const {
  const ScenarioKey id = scenarios_.id(scenario);
  const engine::PatientRange patients{1, scenarios_.recalibration().patients};
  if (folder_.empty()) return find(scenario, variant, how);
  if (auto known = kept(id, patients)) return std::move(*known);
  ShardContent made{basis_, patients, {}};
  made.entries.push_back({id, false, "", find(scenario, variant, how), 0});
  make_folder(std::filesystem::path(path(id)).parent_path().string());
  write_durably(path(id), shard_bytes(made));
  return made.entries.front().solution;
}

}  // namespace sojourn::sweep
