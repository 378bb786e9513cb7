// survival: S(t) = P(T > t), T the time from the origin to the target, the restricted mean E min(T, until), and
// quantiles of T.
#include "outcomes/to_event.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.competing.has_value(), "competing", "belongs to `incidence`; add it to `time_to` here");
  return cells_of_times(model, outcome, Functional::survival, Functional::restricted_mean);
}

}  // namespace

const Kind survival_kind = {
    model::OutcomeKind::survival, "survival", cells, prepare_to_event, observe_to_event, nullptr};

}  // namespace sojourn::outcomes
