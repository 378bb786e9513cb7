#include "model/parameter_solver.hpp"

#include <algorithm>

#include "model/dependencies.hpp"
#include "model/reading.hpp"

namespace sojourn::model {

ParameterSolver::ParameterSolver(const Model& model, const Strategy* strategy, std::span<const ParameterId> given)
    : model_(model), given_(given.begin(), given.end()), affected_(model.parameters.size(), false) {
  Diagnostics none;
  base_ = parameter_values(model, strategy, none);
  const auto definition = definitions(model, strategy);
  for (const ParameterId id : given_) {
    const bool own = definition[id.index()] != &model.parameters[id.index()].value;
    set_by_strategy_.push_back(own);
    if (!own) affected_[id.index()] = true;
  }
  const std::vector<bool> set = affected_;
  for (const std::size_t p : parameter_order(model, strategy).sort()) {
    const auto used = definition[p]->parameters_used();
    const bool depends =
        std::any_of(used.begin(), used.end(), [this](ParameterId one) { return affected_[one.index()]; });
    if (set[p] || !depends) continue;
    affected_[p] = true;
    computed_.emplace_back(p, definition[p]);
  }
}

std::vector<bool> ParameterSolver::given_to_others() const {
  std::vector<bool> used(model_.parameters.size(), false), found;
  for (const auto& [p, expression] : computed_) {
    for (const ParameterId id : expression->parameters_used()) used[id.index()] = true;
  }
  for (const ParameterId id : given_) found.push_back(used[id.index()]);
  return found;
}

std::vector<double> ParameterSolver::solve(std::span<const double> given, const std::string& under,
                                           Diagnostics& problems) const {
  std::vector<double> values = base_;
  for (std::size_t i = 0; i < given_.size(); ++i) {
    if (set_by_strategy_[i]) continue;
    values[given_[i].index()] = given[i];
    check_value(model_.parameters[given_[i].index()], given[i], under, "", problems);
  }
  for (const auto& [p, expression] : computed_) {
    values[p] = expression::compile(*expression, values, model_.states.size()).value;
    check_value(model_.parameters[p], values[p], under, "", problems);
  }
  return values;
}

}  // namespace sojourn::model
