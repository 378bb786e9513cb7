#include "report/sweep_model.hpp"

#include "base/diagnostics.hpp"
#include "base/units.hpp"
#include "model/load.hpp"

namespace sojourn::report {

namespace {

std::optional<double> in_words_unit(double value, const std::string& unit) {
  if (unit.empty()) return value;
  if (const auto known = time_unit(unit)) return in_unit(value, *known);
  if (!unit.starts_with("per ")) return std::nullopt;
  const auto known = time_unit(unit.substr(4));
  return known ? std::optional(value / per_year_from(1, *known)) : std::nullopt;
}

}  // namespace

SweepModel::SweepModel(const store::SweepInput& input) {
  Diagnostics problems;
  const model::MemorySources sources(input.model_name, input.model_text, input.files);
  model_ = model::load(sources, {}, problems);
  if (model_) values_ = model::parameter_values(*model_, nullptr, problems);
}

std::string SweepModel::label(const std::string& strategy) const {
  if (!model_) return strategy;
  for (const model::Strategy& one : model_->strategies) {
    if (one.name == strategy && !one.label.empty()) return one.label;
  }
  return strategy;
}

std::optional<double> SweepModel::parameter(const std::string& name, const std::string& unit) const {
  for (std::size_t i = 0; model_ && i < model_->parameters.size() && i < values_.size(); ++i) {
    if (model_->parameters[i].name == name) return in_words_unit(values_[i], unit);
  }
  return std::nullopt;
}

}  // namespace sojourn::report
