// cost, qalys, life_years: what lives are worth on average (worth.hpp) from the origin until `until` after it, or the
// horizon; undiscounted, or at its present value at the start of the life, or both.
#include "outcomes/kind.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells_of(const model::Model& model, const model::Outcome& outcome, const std::string& measure,
                           Quantity quantity) {
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until > 0) || *outcome.until > model.horizon), "until",
         "after the horizon");
  const double time = outcome.until.value_or(model.horizon);
  std::vector<Cell> cells;
  if (outcome.discounted != model::Discounted::yes) cells.push_back({measure, quantity, time, "", {}, false});
  if (outcome.discounted != model::Discounted::no) {
    cells.push_back({"discounted_" + measure, quantity, time, "", {}, false});
  }
  return cells;
}

std::vector<Cell> cost_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "cost", Quantity::money);
}
std::vector<Cell> qaly_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "qalys", Quantity::qalys);
}
std::vector<Cell> life_year_cells(const model::Model& model, const model::Outcome& outcome) {
  return cells_of(model, outcome, "life_years", Quantity::time);
}

Amount amount_of(const Item& item, const Worth& worth) {
  if (item.outcome.kind == model::OutcomeKind::cost) return worth.cost(item.outcome.costs);
  return item.outcome.kind == model::OutcomeKind::qalys ? worth.qalys(item.region) : worth.life_years(item.region);
}

bool observe(const Item& item, const Conditions&, const Origin& origin, Life& life, Contribution& out) {
  const double stop = item.outcome.until ? origin.time + *item.outcome.until : life.horizon();
  if (stop > life.horizon()) {
    for (Mark& mark : out.marks.first(item.cells.size())) mark = Mark::too_short;
    return true;
  }
  out.worth->value_of_opened(life, origin.time, stop);
  const Amount amount = amount_of(item, *out.worth);
  std::size_t cell = 0;
  if (item.outcome.discounted != model::Discounted::yes) out.values[cell++] = amount.plain;
  if (item.outcome.discounted != model::Discounted::no) out.values[cell++] = amount.discounted;
  for (Mark& mark : out.marks.first(cell)) mark = Mark::yes;
  return true;
}

}  // namespace

const Kind cost_kind = {model::OutcomeKind::cost, "cost", cost_cells, observe};
const Kind qalys_kind = {model::OutcomeKind::qalys, "qalys", qaly_cells, observe};
const Kind life_years_kind = {model::OutcomeKind::life_years, "life_years", life_year_cells, observe};

}  // namespace sojourn::outcomes
