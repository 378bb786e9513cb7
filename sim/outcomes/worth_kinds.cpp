// cost, qalys, life_years: what lives are worth on average (worth.hpp) from the origin until `until` after it, or the
// horizon; undiscounted, or at its present value at the start of the life, or both.
#include <algorithm>
#include <limits>

#include "outcomes/plan.hpp"
#include "outcomes/window.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells_of(const model::Model& model, const model::Outcome& outcome, const std::string& measure) {
  check_window(model, outcome);
  std::vector<Cell> cells;
  if (outcome.discounted != model::Discounted::yes) cells.push_back(window_cell(model, outcome, measure));
  if (outcome.discounted != model::Discounted::no) {
    cells.push_back(window_cell(model, outcome, "discounted_" + measure));
  }
  return cells;
}

constexpr Bounds unbounded{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};

void prepare_cost(const Setup& setup, Item& item) {
  measure_in(item, setup.model.currency.empty() ? "money" : setup.model.currency, money_bits, unbounded);
}

// Which of the regions whose time is told apart.
void find_region(const Setup& setup, Item& item) {
  const auto region = std::find(setup.regions.begin(), setup.regions.end(), item.outcome.target.states);
  item.region = static_cast<std::size_t>(region - setup.regions.begin());
}

void prepare_qalys(const Setup& setup, Item& item) {
  find_region(setup, item);
  measure_in(item, "QALYs", fraction_bits_for(setup.model.horizon), unbounded);
}

void prepare_life_years(const Setup& setup, Item& item) {
  find_region(setup, item);
  measure_in(item, "years", fraction_bits_for(setup.model.horizon), {0, item.cells.front().time});
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
  const std::optional<double> end = window_end(item, view.origin);
  if (!end) {
    std::fill(values.begin(), values.end(), no_number);
    return;
  }
  view.worth->value_of_opened(view.life, view.origin.time, *end);
  const Amount amount = amount_of(item, *view.worth);
  std::size_t cell = 0;
  if (item.outcome.discounted != model::Discounted::yes) values[cell++] = amount.plain;
  if (item.outcome.discounted != model::Discounted::no) values[cell] = amount.discounted;
}

}  // namespace

const Kind cost_kind = {model::OutcomeKind::cost, "cost", cost_cells, prepare_cost, nullptr, look, true};
const Kind qalys_kind = {model::OutcomeKind::qalys, "qalys", qaly_cells, prepare_qalys, nullptr, look, true};
const Kind life_years_kind = {
    model::OutcomeKind::life_years, "life_years", life_year_cells, prepare_life_years, nullptr, look, true};

}  // namespace sojourn::outcomes
