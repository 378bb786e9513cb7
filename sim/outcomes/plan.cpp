#include "outcomes/plan.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/exact_sum.hpp"
#include "expression/expression.hpp"
#include "outcomes/levels.hpp"
#include "outcomes/parameters.hpp"
#include "outcomes/targets.hpp"

namespace sojourn::outcomes {

namespace {

using expression::Expression;

Code always() {
  Code code;
  code.value = 1;
  return code;
}

Code compiled(const std::optional<Expression>& expression, std::span<const double> parameters, std::size_t states) {
  return expression ? expression::compile(*expression, parameters, states) : always();
}

Conditions conditions_of(const model::Model& model, const model::Outcome& outcome, std::span<const double> parameters) {
  const std::size_t states = model.states.size();
  return {compiled(outcome.where, parameters, states), compiled(outcome.population, parameters, states),
          compiled(outcome.group, parameters, states), compiled(outcome.share, parameters, states)};
}

std::vector<GroupLevel> groups_of(const model::Model& model, const model::Outcome& outcome,
                                  const std::vector<Conditions>& conditions) {
  if (!outcome.group) return {{"", 1}};
  std::vector<GroupLevel> groups;
  for (const Conditions& c : conditions) {  // a strategy's parameters may change a number's levels
    for (GroupLevel& level : levels_of(model, *outcome.group, c.group)) {
      const auto same = [&level](const GroupLevel& g) { return g.value == level.value; };
      if (std::none_of(groups.begin(), groups.end(), same)) groups.push_back(std::move(level));
    }
  }
  refuse(outcome, groups.empty(), "group", "a number without a list of levels; write a condition or a category");
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  return groups;
}

void check_frame(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.landmark && (!(*outcome.landmark >= 0) || *outcome.landmark > model.horizon), "landmark",
         "after the horizon");
  refuse(outcome, outcome.group_at == model::GroupAt::landmark && outcome.group && !outcome.landmark, "group_at",
         "there is no landmark");
}

Grid grid_of(const std::vector<Cell>& cells) {
  std::vector<double> times;
  for (const Cell& cell : cells) times.push_back(cell.time);
  return Grid(std::move(times));
}

bool about_worth(const model::Outcome& outcome) {
  using Kind = model::OutcomeKind;
  return outcome.kind == Kind::cost || outcome.kind == Kind::qalys || outcome.kind == Kind::life_years;
}

Item item_of(const model::Model& model, const model::Outcome& outcome,
             const std::vector<std::vector<double>>& parameters, const std::vector<std::vector<bool>>& regions) {
  check_frame(model, outcome);
  Item item;
  item.kind = &kind_of(outcome.kind);
  item.outcome = outcome;
  item.target = Watch(model, outcome.target);
  if (outcome.competing) item.competing = Watch(model, *outcome.competing);
  if (outcome.censor) item.censor = Watch(model, *outcome.censor);
  item.curve = outcome.censor.has_value();
  item.cells = item.kind->cells(model, outcome);
  if (outcome.attribute.valid()) {
    for (const GroupLevel& level : levels_of(model.attributes[outcome.attribute.index()])) {
      item.level_values.push_back(level.value);
    }
  }
  for (const auto& values : parameters) item.conditions.push_back(conditions_of(model, outcome, values));
  item.groups = groups_of(model, outcome, item.conditions);
  if (item.curve) item.grid = grid_of(item.cells);
  item.region =
      static_cast<std::size_t>(std::find(regions.begin(), regions.end(), outcome.target.states) - regions.begin());
  item.range = about_worth(outcome) ? model.horizon : outcome.until.value_or(model.horizon);
  item.fraction_bits = fraction_bits_for(item.range);
  refuse(outcome, item.fraction_bits < 0, "until", "too long a time to be added up exactly");
  item.units_per_year = binary_power(item.fraction_bits);
  check_targets(item);
  return item;
}

}  // namespace

int fraction_bits_for(double range) {
  int bits = 40;
  while (bits >= 0 && range * binary_power(bits) >= 0x1p43) --bits;  // (2^43)^2 x 2^40 = 2^126
  return bits;
}

Plan::Plan(const model::Model& model, std::vector<StrategyId> strategies, StrategyId reference,
           std::span<const double> base_parameters) {
  const auto position = std::find(strategies.begin(), strategies.end(), reference);
  if (position == strategies.end()) throw InputError("outcomes: the reference strategy is not among those simulated");
  auto result = std::make_shared<Compiled>(model);
  result->reference = static_cast<std::size_t>(position - strategies.begin());
  result->observed_until = model.observed_until;
  result->currency = model.currency;
  std::vector<std::vector<double>> parameters;
  for (const StrategyId id : strategies) {
    const model::Strategy& strategy = model.strategies[id.index()];
    result->strategies.push_back({strategy.name, strategy.label});
    parameters.push_back(strategy_parameters(model, strategy, base_parameters));
  }
  const std::vector<std::vector<bool>> regions = regions_of(model);
  for (const model::Outcome& outcome : model.outcomes) {
    Item item = item_of(model, outcome, parameters, regions);
    item.first_cell = result->cells;
    result->cells += item.cells.size() * item.groups.size();
    result->most_cells = std::max(result->most_cells, item.cells.size());
    if (item.curve) {
      item.first_curve = result->curves;
      result->curves += item.groups.size();
    }
    result->items.push_back(std::move(item));
  }
  if (std::any_of(model.outcomes.begin(), model.outcomes.end(), about_worth)) {
    for (const auto& values : parameters) {
      result->worth.push_back(std::make_shared<const WorthProgram>(model, values, regions));
    }
  }
  compiled_ = std::move(result);
}

}  // namespace sojourn::outcomes
