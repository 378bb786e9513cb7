// incidence: F(t) = P(T <= t and nothing competing before), and the mean time lost to it, E max(0, until - T).
#include "outcomes/to_event.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of_times(model, outcome, Functional::incidence, Functional::time_lost);
}

}  // namespace

const Kind incidence_kind = {
    model::OutcomeKind::incidence, "incidence", cells, prepare_to_event, observe_to_event, nullptr};

}  // namespace sojourn::outcomes
