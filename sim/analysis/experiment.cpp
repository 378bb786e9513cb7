#include "analysis/experiment.hpp"

#include <algorithm>

#include "base/error.hpp"
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

std::vector<StrategyId> chosen_strategies(const model::Model& model, const std::vector<std::string>& names) {
  std::vector<StrategyId> chosen;
  for (const std::string& name : names) {
    const StrategyId id = find_strategy(model, name);
    if (std::find(chosen.begin(), chosen.end(), id) != chosen.end()) {
      throw InputError("the strategy '" + name + "' is named twice");
    }
    chosen.push_back(id);
  }
  for (std::size_t s = 0; names.empty() && s < model.strategies.size(); ++s) chosen.push_back(make_id<StrategyId>(s));
  return chosen;
}

}  // namespace

std::vector<std::string> Experiment::strategy_names() const {
  std::vector<std::string> names;
  names.reserve(strategies.size());
  for (const StrategyId s : strategies) names.push_back(model.strategies[s.index()].name);
  return names;
}

Experiment prepare(model::Model model, const Selection& selection) {
  Experiment made;
  made.model = std::move(model);
  if (selection.seed >= 0) made.model.seed = static_cast<std::uint32_t>(selection.seed);
  made.patients = selection.patients > 0 ? selection.patients : made.model.cohort_size;
  made.strategies = chosen_strategies(made.model, selection.strategies);
  made.reference = made.model.reference_strategy();
  if (std::find(made.strategies.begin(), made.strategies.end(), made.reference) == made.strategies.end()) {
    made.reference = made.strategies.front();
  }
  Diagnostics problems;
  made.parameters = model::parameter_values(made.model, nullptr, problems);
  for (const StrategyId s : made.strategies) {
    const model::Strategy& strategy = made.model.strategies[s.index()];
    const std::vector<double> values = model::parameter_values(made.model, &strategy, problems);
    if (!problems.ok()) throw InputError(problems.text());
    made.programs.push_back(program::lower(made.model, strategy, values));
  }
  return made;
}

}  // namespace sojourn::analysis
