#include "analysis/estimators.hpp"

namespace sojourn::analysis {

Estimators::Estimators(const Experiment& experiment)
    : plan_(experiment.model, experiment.strategies, experiment.reference, experiment.parameters),
      trial_plan_(experiment.model, experiment.strategies, experiment.parameters),
      sums_(plan_),
      collector_(trial_plan_) {}

void Estimators::update(const history::Block& block) {
  sums_.update(block);
  collector_.update(block);
}

Estimates Estimators::finish() const {
  Estimates made{outcomes::finish(plan_, sums_.combined()), trial::finish(trial_plan_, collector_)};
  if (!made.trials.rows.empty()) made.results.tables.push_back(trial::table(made.trials));
  return made;
}

}  // namespace sojourn::analysis
