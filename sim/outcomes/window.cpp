#include "outcomes/window.hpp"

namespace sojourn::outcomes {

void check_window(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until > 0) || *outcome.until > model.horizon), "until",
         "after the horizon");
}

Cell window_cell(const model::Model& model, const model::Outcome& outcome, const std::string& measure) {
  Cell cell;
  cell.measure = measure;
  cell.quantity = Quantity::mean;
  cell.time = outcome.until.value_or(model.horizon);
  return cell;
}

}  // namespace sojourn::outcomes
