#include "model/expressions_of.hpp"

namespace sojourn::model {
namespace {

using Visit = std::function<void(const Expression&)>;

void all(const std::vector<Expression>& expressions, const Visit& visit) {
  for (const Expression& one : expressions) {
    if (one) visit(one);
  }
}

void maybe(const std::optional<Expression>& expression, const Visit& visit) {
  if (expression && *expression) visit(*expression);
}

void all(const std::vector<Assignment>& sets, const Visit& visit) {
  for (const Assignment& one : sets) visit(one.value);
}

void all(const Choice& choice, const Visit& visit) {
  if (const auto* rule = std::get_if<Rule>(&choice)) {
    visit(rule->option);
  } else if (const auto* probabilities = std::get_if<Probabilities>(&choice)) {
    all(probabilities->of_option, visit);
    maybe(probabilities->odds_ratio, visit);
  } else {
    const auto& ordinal = std::get<OrdinalLogistic>(choice);
    all(ordinal.cutpoints, visit);
    visit(ordinal.predictor);
  }
}

void all(const Distribution& time, const Visit& visit) {
  all(time.values, visit);
  all(time.breaks, visit);
  all(time.rates, visit);
  for (const Distribution& part : time.parts) all(part, visit);
  if (!time.cure) return;
  visit(time.cure->fraction);
  maybe(time.cure->odds_ratio, visit);
  maybe(time.cure->uncured_hazard_ratio, visit);
}

void all(const std::vector<Factor>& product, const Visit& visit) {
  for (const Factor& factor : product) {
    if (const auto* expression = std::get_if<Expression>(&factor)) {
      visit(*expression);
    } else {
      all(std::get<Piecewise>(factor).times, visit);
      all(std::get<Piecewise>(factor).values, visit);
    }
  }
}

void all(const Occasion& occasion, const Visit& visit) {
  maybe(occasion.when, visit);
  maybe(occasion.duration, visit);
}

void all(const Component& component, const Visit& visit) {
  all(component.time, visit);
  all(component.hazard_factors, visit);
  maybe(component.time_ratio, visit);
  maybe(component.odds_ratio, visit);
}

}  // namespace

void for_each_expression(const Model& model, const Visit& visit, const Strategy* only) {
  for (const Attribute& attribute : model.attributes) {
    for (const DrawCase& one : attribute.draws) {
      maybe(one.when, visit);
      all(one.draw.values, visit);
      maybe(one.draw.min, visit);
      maybe(one.draw.max, visit);
    }
  }
  for (const Correlation& one : model.correlations) visit(one.rho);
  for (const Declaration& declaration : model.declarations) {
    maybe(declaration.when, visit);
    for (const Component& component : declaration.components) all(component, visit);
    all(declaration.sets, visit);
  }
  for (const Branch& branch : model.branches) {
    all(branch.at, visit);
    maybe(branch.when, visit);
    for (const Option& option : branch.options) all(option.sets, visit);
    if (branch.choice) all(*branch.choice, visit);
  }
  if (model.start) all(*model.start, visit);
  for (const Strategy& strategy : model.strategies) {
    if (only != nullptr && &strategy != only) continue;
    if (strategy.start) all(*strategy.start, visit);
    for (const auto& [branch, choice] : strategy.decisions) all(choice, visit);
  }
  for (const Cost& cost : model.costs) {
    all(cost.product, visit);
    all(cost.occasion, visit);
  }
  for (const Utility& utility : model.utilities) {
    all(utility.product, visit);
    all(utility.occasion, visit);
  }
  maybe(model.discounting.costs, visit);
  maybe(model.discounting.effects, visit);
  for (const Outcome& outcome : model.outcomes) {
    for (const auto* one : {&outcome.where, &outcome.population, &outcome.group, &outcome.share}) maybe(*one, visit);
  }
  for (const Trial& trial : model.trials) {
    maybe(trial.strata, visit);
    if (!trial.dropout) continue;
    for (const auto* list : {&trial.dropout->values, &trial.dropout->breaks, &trial.dropout->rates}) all(*list, visit);
  }
}

std::vector<bool> parameters_in_use(const Model& model, const Strategy* only) {
  std::vector<bool> used(model.parameters.size(), false);
  std::vector<ParameterId> open;
  const auto use = [&](const Expression& expression) {
    for (const ParameterId id : expression.parameters_used()) {
      if (!used[id.index()]) open.push_back(id);
      used[id.index()] = true;
    }
  };
  for_each_expression(model, use, only);
  while (!open.empty()) {
    const ParameterId id = open.back();
    open.pop_back();
    use(model.parameters[id.index()].value);
    for (const Strategy& strategy : model.strategies) {
      if (only != nullptr && &strategy != only) continue;
      for (const auto& [changed, value] : strategy.parameters) {
        if (changed == id) use(value);
      }
    }
  }
  return used;
}

}  // namespace sojourn::model
