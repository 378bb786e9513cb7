#include <algorithm>

#include "base/hash.hpp"
#include "program/lowering.hpp"

namespace sojourn::program {

void Lowering::branches() {
  for (std::size_t b = 0; b < model_.branches.size(); ++b) branch(b);
  std::vector<std::size_t> order(model_.branches.size());
  for (std::size_t b = 0; b < order.size(); ++b) order[b] = b;
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
    return model_.branches[a].priority < model_.branches[b].priority;
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t b = order[i];
    program_.branches[b].rank = static_cast<std::int32_t>(i);
    for (const StateId s : model_.branches[b].on_entry) {
      program_.states[s.index()].branches.push_back(static_cast<std::int32_t>(b));
    }
    for (const MarkId m : model_.branches[b].on_event) {
      program_.event_branches[m.index() - model_.states.size()].push_back(static_cast<std::int32_t>(b));
    }
  }
}

void Lowering::branch(std::size_t index) {
  const auto& source = model_.branches[index];
  program_.names.branches.push_back(source.name);
  Branch target;
  target.name_hash = fnv1a32(source.name);
  for (const auto& time : source.at) target.at.push_back(constant(time));
  std::sort(target.at.begin(), target.at.end());
  target.in.assign(model_.states.size(), false);
  for (const StateId s : source.in) target.in[s.index()] = true;
  target.when = code(source.when);
  auto& option_names = program_.names.options.emplace_back();
  for (const auto& option : source.options) {
    option_names.push_back(option.name);
    target.options.push_back({assignments(option.sets), option.to.value});
  }
  target.by_strategy = !source.choice;
  const model::Choice* chosen = source.choice ? &*source.choice : nullptr;
  for (const auto& [id, decision] : strategy_.decisions) {
    if (id.index() == index) chosen = &decision;
  }
  if (!chosen) fail(source.at_location, "branch " + source.name + " is not decided");
  choice(*chosen, target);
  program_.branches.push_back(std::move(target));
}

// A choice over the states after all branches, in every program of a model that has such a choice: branches have the
// same positions under every strategy.
void Lowering::start() {
  const auto& strategies = model_.strategies;
  const auto has_start = [](const model::Strategy& one) { return one.start.has_value(); };
  if (!model_.start && std::none_of(strategies.begin(), strategies.end(), has_start)) return;
  Branch target;
  target.name_hash = fnv1a32("start");
  program_.names.branches.emplace_back("start");
  auto& names = program_.names.options.emplace_back();
  for (std::size_t s = 0; s < model_.states.size(); ++s) {
    names.push_back(model_.states[s].name);
    target.options.push_back({{}, static_cast<std::int32_t>(s)});
  }
  const auto& chosen = strategy_.start ? strategy_.start : model_.start;
  if (chosen) choice(*chosen, target);
  const Code* rule = target.rule < 0 ? nullptr : &program_.codes[at(target.rule)];
  if (rule != nullptr && rule->constant) {
    program_.initial_state = static_cast<std::int32_t>(rule->value);
  } else if (chosen) {
    program_.start_branch = static_cast<std::int32_t>(program_.branches.size());
    program_.own_start = strategy_.start.has_value();
  }
  program_.branches.push_back(std::move(target));
}

void Lowering::choice(const model::Choice& choice, Branch& branch) {
  if (const auto* rule = std::get_if<model::Rule>(&choice)) {
    branch.choice = ChoiceKind::rule;
    branch.rule = code(rule->option);
  } else if (const auto* probabilities = std::get_if<model::Probabilities>(&choice)) {
    branch.choice = ChoiceKind::probabilities;
    for (const auto& p : probabilities->of_option) branch.probability.push_back(p ? code(p) : -1);
    branch.odds_ratio = code(probabilities->odds_ratio);
  } else {
    const auto& ordinal = std::get<model::OrdinalLogistic>(choice);
    branch.choice = ChoiceKind::ordinal;
    for (const auto& cutpoint : ordinal.cutpoints) branch.cutpoint.push_back(code(cutpoint));
    branch.predictor = code(ordinal.predictor);
  }
}

}  // namespace sojourn::program
