// cost, qalys, life_years: what lives are worth on average (worth.hpp) from the origin until `until` after it, or the
// horizon; undiscounted, or at its present value at the start of the life, or both.
#include <algorithm>

#include "outcomes/kind.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells_of(const model::Model& model, const model::Outcome& outcome, const std::string& measure) {
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until > 0) || *outcome.until > model.horizon), "until",
         "after the horizon");
  Cell cell;
  cell.quantity = Quantity::mean;
  cell.time = outcome.until.value_or(model.horizon);
  std::vector<Cell> cells;
  const auto add = [&](const std::string& name) {
    cell.measure = name;
    cells.push_back(cell);
  };
  if (outcome.discounted != model::Discounted::yes) add(measure);
  if (outcome.discounted != model::Discounted::no) add("discounted_" + measure);
  return cells;
}

std::vector<Cell> cost_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "cost");
}
std::vector<Cell> qaly_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "qalys");
}
std::vector<Cell> life_year_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "life_years");
}

Amount amount_of(const Item& item, const Worth& worth) {
  if (item.outcome.kind == model::OutcomeKind::cost) return worth.cost(item.outcome.costs);
  return item.outcome.kind == model::OutcomeKind::qalys ? worth.qalys(item.region) : worth.life_years(item.region);
}

void look(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  const double from = view.origin.time, stop = item.outcome.until ? from + *item.outcome.until : item.horizon;
  if (stop > item.horizon) {
    std::fill(values.begin(), values.end(), no_number);
    return;
  }
  view.worth->value_of_opened(view.life, from, stop);
  const Amount amount = amount_of(item, *view.worth);
  std::size_t cell = 0;
  if (item.outcome.discounted != model::Discounted::yes) values[cell++] = amount.plain;
  if (item.outcome.discounted != model::Discounted::no) values[cell] = amount.discounted;
}

}  // namespace

const Kind cost_kind = {model::OutcomeKind::cost, "cost", cost_cells, nullptr, look};
const Kind qalys_kind = {model::OutcomeKind::qalys, "qalys", qaly_cells, nullptr, look};
const Kind life_years_kind = {model::OutcomeKind::life_years, "life_years", life_year_cells, nullptr, look};

}  // namespace sojourn::outcomes
