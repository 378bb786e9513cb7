// share: the share of patients for whom a condition holds at the end of follow-up, or at a time since the origin.
#include "outcomes/at_instant.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, !outcome.share, "share", "no condition");
  check_instant(model, outcome);
  Cell cell;
  cell.measure = "share";
  cell.time = outcome.until.value_or(model.horizon);
  cell.place = 1;  // of no, yes
  return {cell};
}

void prepare(const Setup& setup, Item& item) {
  prepare_at_instant(setup, codes_of(setup, item.outcome.share), {0, 1}, item);
}

}  // namespace

const Kind share_kind = {model::OutcomeKind::share, "share", cells, prepare, observe_at_instant, nullptr};

}  // namespace sojourn::outcomes
