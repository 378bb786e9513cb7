#include "sweep/draft.hpp"

#include <algorithm>
#include <filesystem>

#include "analysis/experiment.hpp"
#include "base/error.hpp"

namespace sojourn::sweep {

namespace {

template <class Value>
Value value_or_throw(std::optional<Value> value, const Diagnostics& problems) {
  if (!value) throw InputError(problems.text());
  return std::move(*value);
}

}  // namespace

Plan Draft::plan() const {
  Plan made;
  made.extend(scenarios, patients, strategies);
  return made;
}

Draft read_draft(const std::string& path, const std::string& program) {
  namespace fs = std::filesystem;
  Diagnostics problems;
  const model::DiskSources beside(path);
  std::string text = beside.read_model();
  SweepFile file = value_or_throw(read_sweep_file(path, text, problems), problems);
  std::string model_path = (fs::path(path).parent_path() / file.model).lexically_normal().string();
  if (file.model.empty()) throw InputError(problems.text());
  const model::DiskSources sources(model_path);
  try {
    (void)sources.read_model();
  } catch (const InputError& error) {
    problems.add({file.document->at(*file.model_item.node), "model", error.what(), "", ""});
    throw InputError(problems.text());
  }
  const auto base = model::CheckedModel::load(sources, {}, nullptr, {}, problems);
  Points points = points_of(file, beside, problems);
  if (!base) throw InputError(problems.text());
  Scenarios scenarios =
      value_or_throw(Scenarios::make(std::move(file), std::move(points), base->model(), problems), problems);
  if (!problems.ok()) throw InputError(problems.text());
  Checked checked = check_scenarios(scenarios, sources, problems);
  if (!problems.ok()) throw InputError(problems.text());
  const auto strategies = analysis::choose_strategies(base->model(), scenarios.file().strategies).strategies.size();
  for (const model::EmbeddedFile& one : base->model().files) {
    const auto same = [&](const model::EmbeddedFile& other) { return other.path == one.path; };
    if (std::none_of(checked.files.begin(), checked.files.end(), same)) checked.files.push_back(one);
  }
  std::sort(checked.files.begin(), checked.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  Definition definition{fs::path(path).filename().string(),
                        std::move(text),
                        fs::path(model_path).filename().string(),
                        base->model().text,
                        checked.files,
                        program};
  const std::int64_t patients = scenarios.file().patients_of(base->model());
  const std::uint32_t seed = scenarios.file().seed_of(base->model());
  return {std::move(definition), std::move(scenarios), patients, static_cast<std::int64_t>(strategies), seed,
          std::move(checked),    std::move(model_path)};
}

}  // namespace sojourn::sweep
