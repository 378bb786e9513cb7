#include "trial/plan.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "distributions/tables.hpp"
#include "model/shapes.hpp"
#include "outcomes/levels.hpp"
#include "outcomes/parameters.hpp"

namespace sojourn::trial {

namespace {

using distributions::Law;
using model::Expression;
using outcomes::Code;

Code compiled(const std::optional<Expression>& expression, std::span<const double> parameters, std::size_t states) {
  if (expression) return expression::compile(*expression, parameters, states);
  Code always;
  always.value = 1;
  return always;
}

double value(const Expression& expression, std::span<const double> parameters) {
  return expression::compile(expression, parameters, 0).value;
}

std::vector<double> values(const std::vector<Expression>& list, std::span<const double> parameters) {
  std::vector<double> found;
  for (const Expression& one : list) found.push_back(value(one, parameters));
  return found;
}

std::vector<outcomes::GroupLevel> strata_of(const model::Model& model, const std::optional<Expression>& strata,
                                            const Code& code) {
  if (!strata) return {{"", 1}};
  return outcomes::levels_of(model, *strata, code);
}

Item item_of(const model::Model& model, const model::Trial& trial, std::span<const StrategyId> strategies,
             std::span<const double> parameters) {
  Item item;
  item.trial = trial;
  item.endpoint = model.outcomes[trial.endpoint];
  item.target = outcomes::Watch(model, item.endpoint.target);
  if (item.endpoint.censor) item.censor = outcomes::Watch(model, *item.endpoint.censor);
  item.draw_hash = fnv1a32(trial.draw_name());
  item.circle = 0;
  for (const model::Trial::Arm& arm : trial.arms) {
    const model::Strategy& strategy = model.strategies[arm.strategy.index()];
    const auto place = std::find(strategies.begin(), strategies.end(), arm.strategy) - strategies.begin();
    const auto under = outcomes::strategy_parameters(model, strategy, parameters);
    const std::size_t states = model.states.size();
    item.arms.push_back({static_cast<std::size_t>(place), strategy.name, arm.patients, item.circle, arm.share,
                         compiled(item.endpoint.where, under, states),
                         compiled(item.endpoint.population, under, states), compiled(trial.strata, under, states)});
    item.circle += arm.share;
  }
  item.strata = strata_of(model, trial.strata, item.arms.front().stratum);
  return item;
}

}  // namespace

std::int64_t Item::most_patients(const Arm& arm) const {
  const std::int64_t asked = trial.replicates * arm.patients;
  if (!trial.power) return asked;
  const auto limit = static_cast<std::int64_t>(model::shapes::most_in_trial / static_cast<std::int64_t>(arms.size()));
  return std::max(asked, std::min(4 * asked, limit));
}

std::optional<Law> Plan::dropout(const model::Trial& trial, std::span<const double> parameters) {
  if (!trial.dropout) return std::nullopt;
  const model::Distribution& given = *trial.dropout;
  if (!given.breaks.empty()) {
    tables_.push_back(std::make_unique<std::vector<double>>(
        distributions::piecewise_table(values(given.breaks, parameters), values(given.rates, parameters))));
    return Law{given.family, {}, *tables_.back(), {}};
  }
  const auto law = distributions::lower(given.family, given.form, values(given.values, parameters));
  if (const auto* problem = std::get_if<distributions::LowerProblem>(&law)) {
    throw InputError("trials." + trial.name + ".dropout: " + problem->problem);
  }
  return std::get<Law>(law);
}

Plan::Plan(const model::Model& model, std::span<const StrategyId> strategies, std::span<const double> parameters)
    : seed_(model.seed), life_(model) {
  for (const model::Trial& trial : model.trials) {
    const auto simulated = [&](const model::Trial::Arm& arm) {
      return std::find(strategies.begin(), strategies.end(), arm.strategy) != strategies.end();
    };
    const auto missing = std::find_if_not(trial.arms.begin(), trial.arms.end(), simulated);
    if (missing != trial.arms.end()) {
      left_out_.push_back(trial.label + ": not made, because the strategy " +
                          model.strategies[missing->strategy.index()].name + " was not simulated");
      continue;
    }
    Item item = item_of(model, trial, strategies, parameters);
    item.dropout = dropout(trial, parameters);
    items_.push_back(std::move(item));
  }
}

}  // namespace sojourn::trial
