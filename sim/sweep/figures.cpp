#include "sweep/figures.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "analysis/accumulators.hpp"
#include "analysis/experiment.hpp"
#include "base/error.hpp"
#include "model/expressions_of.hpp"
#include "outcomes/results.hpp"
#include "program/lower.hpp"

namespace sojourn::sweep {

namespace {

// What is wanted, as a target of this model; nothing if it has none to take it from.
std::optional<model::Target> target_of(const Figure& figure, const model::Outcome& outcome) {
  model::Target made{figure.at, figure.level, 0, 0, ""};
  const auto own = std::find_if(outcome.targets.begin(), outcome.targets.end(), [&](const model::Target& one) {
    return one.at == figure.at && one.level == figure.level;
  });
  if (own == outcome.targets.end() && !figure.value) return std::nullopt;
  made.value = figure.value ? *figure.value : own->value;
  made.se = figure.tolerance ? *figure.tolerance : own->se;
  return made;
}

}  // namespace

const char* standing_name(Standing standing) {
  return standing == Standing::met ? "met" : standing == Standing::unresolved ? "unresolved" : "missed";
}

Standing standing_of(const Reached& one) {
  if (std::abs(one.residual()) <= one.tolerance) return Standing::met;
  return one.lower - one.tolerance <= one.wanted && one.wanted <= one.upper + one.tolerance ? Standing::unresolved
                                                                                            : Standing::missed;
}

Standing worst_of(const std::vector<Reached>& all) {
  Standing worst = Standing::met;
  for (const Reached& one : all) worst = std::max(worst, standing_of(one));
  return worst;
}

Figures::Figures(const Recalibration& wanted, const model::Model& model, std::span<const ParameterId> given)
    : wanted_(wanted), model_(model) {
  strategy_ = analysis::choose_strategies(model_, {wanted_.strategy}).reference;
  find_outcomes();
  const model::Strategy& strategy = model_.strategies[strategy_.index()];
  for (const auto& [id, value] : strategy.parameters) {
    for (const Unknown& one : wanted_.unknowns) {
      if (one.id == id) {
        throw InputError("the strategy " + quoted(wanted_.strategy) + " sets the parameter " + quoted(one.parameter) +
                         " itself, so that its figures do not depend on what is solved for");
      }
    }
  }
  solver_.emplace(model_, &strategy, given);
  const std::vector<bool> used = model::parameters_in_use(model_, &strategy);
  const std::vector<bool> checked = solver_->given_to_others();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (used[given[i].index()] || checked[i]) uses_.push_back(i);
  }
  Diagnostics ignored;
  (void)plan(model::parameter_values(model_, &strategy, ignored));  // refuses what is not in the outcomes
}

// Targets carry the numbers of their figures, by which their rows are found.
void Figures::find_outcomes() {
  std::vector<bool> found(wanted_.figures.size(), false);
  for (const model::Outcome& one : model_.outcomes) {
    std::vector<model::Target> targets;
    for (std::size_t f = 0; f < wanted_.figures.size(); ++f) {
      if (wanted_.figures[f].outcome != one.name) continue;
      auto target = target_of(wanted_.figures[f], one);
      if (!target) continue;
      target->source = std::to_string(f);
      targets.push_back(std::move(*target));
      found[f] = true;
    }
    if (targets.empty()) continue;
    outcomes_.push_back(one);
    outcomes_.back().targets = std::move(targets);
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    const Figure& figure = wanted_.figures[f];
    if (found[f] || figure.outcome.empty()) continue;
    throw InputError("a value at a path removes what the figure " + quoted(figure.name) + " is compared with");
  }
}

outcomes::Plan Figures::plan(const std::vector<double>& parameters) const {
  return {model_, {strategy_}, strategy_, {parameters}, nullptr, outcomes::Ways::left_out, &outcomes_};
}

std::vector<double> Figures::parameters(std::span<const double> given) const {
  Diagnostics problems;
  std::vector<double> values = solver_->solve(given, "under strategy " + quoted(wanted_.strategy), problems);
  if (!problems.ok()) throw InputError(problems.text());
  return values;
}

std::vector<Reached> Figures::reached(std::span<const double> given, const FigureLives& how) const {
  const std::vector<double> values = parameters(given);
  std::vector<Reached> found(wanted_.figures.size());
  for (std::size_t f = 0; f < found.size(); ++f) {
    const Figure& figure = wanted_.figures[f];
    if (!figure.outcome.empty()) continue;
    const double value = values[figure.parameter.index()];
    found[f] = {*figure.value, *figure.tolerance, value, 0, value, value};
  }
  if (outcomes_.empty()) return found;
  std::vector<program::Program> programs;
  programs.push_back(program::lower(model_, model_.strategies[strategy_.index()], values));
  programs.front().seed = how.key.seed;
  programs.front().replicate = how.key.replicate;
  const outcomes::Plan asked = plan(values);
  analysis::Accumulators sums(asked);
  (void)how.lives.live(programs, {1, wanted_.patients}, how.stop,
                       [&](const history::Block& block) { sums.update(block); });
  for (const outcomes::Row& row : outcomes::finish_rows(asked, sums.combined()).rows) {
    if (std::isnan(row.target)) continue;
    const auto known = [](double one, double otherwise) { return std::isnan(one) ? otherwise : one; };
    found[std::stoul(row.target_source)] = {row.target,
                                            row.target_se,
                                            row.estimate,
                                            known(row.se, 0),
                                            known(row.lower, row.estimate),
                                            known(row.upper, row.estimate)};
  }
  return found;
}

}  // namespace sojourn::sweep
