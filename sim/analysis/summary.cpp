#include "analysis/summary.hpp"

#include <algorithm>

#include "base/number_text.hpp"
#include "base/words.hpp"

namespace sojourn::analysis {

namespace {

template <class List>
std::string names_of(const List& list) {
  std::string text;
  for (const auto& one : list) text += (text.empty() ? "" : ", ") + one.name;
  return text;
}

// "18 months", "20 years"
std::string duration(double years) {
  const auto whole = [](double x) { return x == static_cast<double>(static_cast<std::int64_t>(x)); };
  if (years >= 2 && whole(years)) return fixed_text(years, 0) + " years";
  return fixed_text(years * 12, whole(years * 12) ? 0 : 1) + " months";
}

std::size_t without_source(const model::Model& model) {
  return static_cast<std::size_t>(std::count_if(model.parameters.begin(), model.parameters.end(),
                                                [](const model::Parameter& p) { return p.source.empty(); }));
}

std::string uncertain(const model::Model& model) {
  const std::size_t count = model.uncertainty.parameters().size();
  return count == 0 ? "" : ", " + std::to_string(count) + " uncertain";
}

}  // namespace

std::string summary(const Experiment& experiment) {
  const model::Model& model = experiment.model;
  const auto transitions =
      static_cast<std::size_t>(std::count_if(model.declarations.begin(), model.declarations.end(), [](const auto& d) {
        return d.kind == model::Declaration::Kind::transition;
      }));
  const auto drawn = static_cast<std::size_t>(std::count_if(model.attributes.begin(), model.attributes.end(),
                                                            [](const auto& a) { return a.known_at_start(); }));
  std::string text = model.title + "\n";
  text += "  " + counted(model.states.size(), "state", "states") + ": " + names_of(model.states) + "\n";
  text += "  " + counted(transitions, "transition", "transitions") + ", " +
          counted(model.events.size(), "event", "events") + ", " +
          counted(model.branches.size(), "branch", "branches") + "\n";
  text += "  " + counted(model.attributes.size(), "attribute", "attributes") + ", " + std::to_string(drawn) +
          " of them drawn or computed at the start\n";
  text += "  " + counted(model.parameters.size(), "parameter", "parameters") + ", " +
          std::to_string(without_source(model)) + " without a source" + uncertain(model) + "\n";
  text += "  " + counted(model.strategies.size(), "strategy", "strategies") + ": " + names_of(model.strategies) +
          " (reference: " + model.strategies[experiment.reference.index()].name + ")\n";
  text += "  " + counted(model.outcomes.size(), "outcome", "outcomes");
  text += (model.trials.empty() ? "" : ", " + counted(model.trials.size(), "trial", "trials")) + "\n";
  text += "  " + std::to_string(experiment.patients) + " patients by default, followed for " + duration(model.horizon) +
          (model.observed_until ? "; beyond " + duration(*model.observed_until) + " is extrapolation" : "") + "\n";
  return text;
}

}  // namespace sojourn::analysis
