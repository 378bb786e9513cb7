#include "sweep/variants.hpp"

#include <algorithm>

#include "analysis/experiment.hpp"
#include "base/error.hpp"
#include "base/similar.hpp"
#include "program/lower.hpp"
#include "sweep/numbers.hpp"

namespace sojourn::sweep {

namespace {
constexpr std::size_t most_kept = 64;
}

std::shared_ptr<Variant> Variant::load(const Scenarios& scenarios, const model::Sources& sources,
                                       const std::vector<std::int32_t>& places, Diagnostics& problems) {
  auto made = std::make_shared<Variant>();
  const auto replacements = scenarios.replacements(places);
  made->checked_ = model::CheckedModel::load(sources, {}, nullptr, replacements, problems);
  if (!made->checked_) return nullptr;
  const std::size_t before = problems.size();
  const std::vector<ParameterId> given = made->given(scenarios, problems);
  if (given.size() == scenarios.given().size()) {
    made->find_figures(scenarios, given, problems);
    if (made->choose(scenarios, problems)) made->solve_for(given);
  }
  return problems.size() > before ? nullptr : made;
}

// Strategies and outcomes that the sweep wants.
bool Variant::choose(const Scenarios& scenarios, Diagnostics& problems) {
  const SweepFile& file = scenarios.file();
  const config::Source source(*file.document, problems);
  try {
    auto chosen = analysis::choose_strategies(model(), file.strategies);
    strategies_ = std::move(chosen.strategies);
    reference_ = chosen.reference;
  } catch (const InputError& error) {
    source.add(file.strategies_item, error.what());
    return false;
  }
  const std::vector<model::Outcome>& known = model().outcomes;
  std::vector<bool> kept(known.size(), file.outcomes.empty());
  for (const std::string& name : file.outcomes) {
    const auto* const found = find_named(source, file.outcomes_item, "outcome", known, name);
    if (found != nullptr) kept[static_cast<std::size_t>(found - known.data())] = true;
  }
  if (known.empty()) {
    source.add(source.root(), "the model declares no outcomes", "a sweep keeps nothing else",
               "add some under `outcomes` in the model");
  }
  checked_->keep_outcomes(kept);
  return true;
}

// By position in Scenarios::given().
std::vector<ParameterId> Variant::given(const Scenarios& scenarios, Diagnostics& problems) const {
  std::vector<ParameterId> ids;
  for (const Given& given : scenarios.given()) {
    for (std::size_t p = 0; p < model().parameters.size(); ++p) {
      if (model().parameters[p].name == given.parameter) ids.push_back(make_id<ParameterId>(p));
    }
  }
  if (ids.size() != scenarios.given().size()) {
    const SweepFile& file = scenarios.file();
    problems.add(
        {file.document->at(file.document->root), "axes", "a value at a path removes a parameter that is set", "", ""});
  }
  return ids;
}

// Before outcomes are left out: the figures may be of others than those that are kept.
void Variant::find_figures(const Scenarios& scenarios, std::span<const ParameterId> given, Diagnostics& problems) {
  if (!scenarios.recalibration().any()) return;
  try {
    figures_ = std::make_unique<Figures>(scenarios.recalibration(), model(), given);
  } catch (const InputError& error) {
    const SweepFile& file = scenarios.file();
    const config::Node& place = file.targets ? *file.targets.node : file.document->root;
    problems.add({file.document->at(place), "targets", error.what(), "", ""});
  }
}

void Variant::solve_for(std::span<const ParameterId> ids) {
  solver_.emplace(model(), nullptr, ids);
  for (const StrategyId id : strategies_) {
    const model::Strategy& strategy = model().strategies[id.index()];
    auto& own = own_solvers_.emplace_back();
    if (!strategy.parameters.empty()) own.emplace(model(), &strategy, ids);
  }
}

ParameterSets Variant::parameters(std::span<const double> given, Diagnostics& problems) const {
  ParameterSets sets;
  const std::size_t before = problems.size();
  sets.model = solver_->solve(given, "", problems);
  if (problems.size() > before) return sets;  // each strategy would only repeat it
  for (std::size_t s = 0; s < strategies_.size(); ++s) {
    const std::string under = "under strategy " + quoted(model().strategies[strategies_[s].index()].name);
    sets.by_strategy.push_back(own_solvers_[s] ? own_solvers_[s]->solve(given, under, problems) : sets.model);
  }
  return sets;
}

ParameterSets Variant::check(std::span<const double> given, Diagnostics& problems) {
  const std::size_t before = problems.size();
  ParameterSets sets = parameters(given, problems);
  if (problems.size() > before) return sets;  // rules over them would only repeat it
  checked_->check(sets.model, solver_->affected(), "", problems);
  for (std::size_t s = 0; s < strategies_.size(); ++s) {
    if (!own_solvers_[s]) continue;
    const std::string under = "under strategy " + quoted(model().strategies[strategies_[s].index()].name);
    std::vector<bool> other(sets.model.size());
    for (std::size_t p = 0; p < other.size(); ++p) other[p] = sets.by_strategy[s][p] != sets.model[p];
    checked_->check(sets.by_strategy[s], other, under, problems);
  }
  return sets;
}

std::vector<program::Program> Variant::programs(const ParameterSets& values) const {
  std::vector<program::Program> made;
  for (std::size_t s = 0; s < strategies_.size(); ++s) {
    made.push_back(program::lower(model(), model().strategies[strategies_[s].index()], values.by_strategy[s]));
  }
  return made;
}

std::shared_ptr<Variant> Variants::of(std::size_t scenario) {
  const std::vector<std::int32_t> places = scenarios_.places(scenario);
  const std::scoped_lock lock(mutex_);
  if (const auto found = known_.find(places); found != known_.end()) {
    recent_.remove(places);
    recent_.push_front(places);
    return found->second;
  }
  Diagnostics problems;
  auto made = Variant::load(scenarios_, sources_, places, problems);
  if (!made) throw InputError(problems.text());
  known_.emplace(places, made);
  recent_.push_front(places);
  if (recent_.size() > most_kept) {
    known_.erase(recent_.back());
    recent_.pop_back();
  }
  return made;
}

}  // namespace sojourn::sweep
