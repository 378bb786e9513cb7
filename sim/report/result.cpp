#include "report/result.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "model/load.hpp"

namespace sojourn::report {

namespace {

model::Model load(const std::string& path, const store::RunInput& input) {
  Diagnostics problems;
  const model::MemorySources sources(path + ":" + input.model_name, input.model_text, input.files);
  std::optional<model::Model> made = model::load(sources, input.overrides, problems);
  if (!made) throw InputError(problems.text());
  return std::move(*made);
}

}  // namespace

Result::Result(const std::string& path)
    : path_(path), reader_(path), input_(reader_.input()), model_(load(path, input_)) {
  for (const std::string& name : reader_.strategies()) {
    StrategyText& text = strategies_.emplace_back(StrategyText{name, name});
    const auto found = std::find_if(model_.strategies.begin(), model_.strategies.end(),
                                    [&](const model::Strategy& one) { return one.name == name; });
    if (found == model_.strategies.end()) continue;
    if (!found->label.empty()) text.label = found->label;
    // The model's reference if it was simulated, else the first: as analysis::prepare has it.
    if (found->name == model_.strategies[model_.reference_strategy().index()].name) {
      reference_ = strategies_.size() - 1;
    }
  }
  outcomes_ = table("outcomes");
}

std::string Result::file_name() const {
  return std::filesystem::path(path_).filename().string();
}

std::string Result::label(const std::string& strategy) const {
  for (const StrategyText& one : strategies_) {
    if (one.name == strategy) return one.label;
  }
  return strategy;
}

Rows Result::table(const std::string& name) const {
  const std::vector<std::string> names = reader_.tables();
  if (std::find(names.begin(), names.end(), name) == names.end()) return {};
  return Rows(reader_.table(name));
}

}  // namespace sojourn::report
