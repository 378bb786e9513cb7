#include "analysis/experiment.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "program/lower.hpp"

namespace sojourn::analysis {

namespace {

StrategyId find_strategy(const model::Model& model, const std::string& name) {
  std::vector<std::string> known;
  for (std::size_t s = 0; s < model.strategies.size(); ++s) {
    if (model.strategies[s].name == name) return make_id<StrategyId>(s);
    known.push_back(model.strategies[s].name);
  }
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  const std::string hint = did_you_mean(name, known);
  throw InputError("there is no strategy '" + name + "' (the model has " + list + ")" +
                   (hint.empty() ? "" : "; " + hint));
}

void check_samples(const model::Model& model, const Selection& selection, std::int64_t patients) {
  if (selection.samples == 0) {
    if (selection.share_patients) throw InputError("--share-patients: there are no samples; say --samples S");
    return;
  }
  if (model.uncertainty.empty()) {
    throw InputError("--samples: no parameter of the model is uncertain; give some an `uncertainty`");
  }
  if (selection.replicate > 0) throw InputError("--samples: each has random numbers of its own, --replicate has none");
  if (patients < 2) throw InputError("--samples: the noise within a sample cannot be told from one patient");
  for (const model::ParameterRows& one : model.uncertainty.rows) {
    if (!one.in_order || selection.samples <= static_cast<std::int64_t>(one.rows)) continue;
    throw InputError("--samples " + std::to_string(selection.samples) + ": '" + one.file + "' has " +
                     std::to_string(one.rows) + " rows, one a sample; take fewer samples, or say `pick: resample` in " +
                     "uncertainty." + one.name);
  }
}

// Whoever is still alive at the horizon must be so after rounding, too.
void check_horizon(double horizon) {
  const auto rounded = static_cast<double>(static_cast<float>(horizon));
  if (rounded == horizon) return;
  throw InputError(
      "--times float32: the horizon of " + number_text(horizon) +
      " years is no number of 32 bits, so that times would be rounded beyond it; take a horizon of whole " +
      "years, halves or quarters, or --times float64");
}

}  // namespace

std::vector<std::string> Experiment::strategy_names() const {
  std::vector<std::string> names;
  names.reserve(strategies.size());
  for (const StrategyId s : strategies) names.push_back(model.strategies[s.index()].name);
  return names;
}

ChosenStrategies choose_strategies(const model::Model& model, const std::vector<std::string>& names) {
  ChosenStrategies made;
  std::vector<StrategyId>& chosen = made.strategies;
  for (const std::string& name : names) {
    const StrategyId id = find_strategy(model, name);
    if (std::find(chosen.begin(), chosen.end(), id) != chosen.end()) {
      throw InputError("the strategy '" + name + "' is named twice");
    }
    chosen.push_back(id);
  }
  for (std::size_t s = 0; names.empty() && s < model.strategies.size(); ++s) chosen.push_back(make_id<StrategyId>(s));
  made.reference = model.reference_strategy();
  if (std::find(chosen.begin(), chosen.end(), made.reference) == chosen.end()) made.reference = chosen.front();
  return made;
}

Experiment prepare(model::Model model, const Selection& selection) {
  Experiment made;
  made.model = std::move(model);
  if (selection.seed >= 0) made.model.seed = static_cast<std::uint32_t>(selection.seed);
  made.patients = selection.patients > 0 ? selection.patients : made.model.cohort_size;
  made.samples = selection.samples;
  made.share_patients = selection.share_patients;
  if (selection.narrow_times) check_horizon(made.model.horizon);
  check_samples(made.model, selection, made.patients);
  ChosenStrategies chosen = choose_strategies(made.model, selection.strategies);
  made.strategies = std::move(chosen.strategies);
  made.reference = chosen.reference;
  Diagnostics problems;
  made.parameters = model::parameter_values(made.model, nullptr, problems);
  for (const StrategyId s : made.strategies) {
    const model::Strategy& strategy = made.model.strategies[s.index()];
    const std::vector<double> values = model::parameter_values(made.model, &strategy, problems);
    if (!problems.ok()) throw InputError(problems.text());
    made.programs.push_back(program::lower(made.model, strategy, values));
    made.programs.back().replicate = selection.replicate;
    made.programs.back().narrow_times = selection.narrow_times;
  }
  return made;
}

}  // namespace sojourn::analysis
