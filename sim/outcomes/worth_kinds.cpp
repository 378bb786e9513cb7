// cost, qalys, life_years: what lives are worth on average (worth.hpp) from the origin until `until` after it, or the
// horizon; undiscounted, or at its present value at the start of the life, or both. cost_effectiveness: costs and one
// of the effects together, and the net benefit k effect - cost at thresholds k.
#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/window.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

namespace {

// Before a measure's name: undiscounted, discounted, or both in this order.
std::vector<std::string> prefixes_of(const model::Outcome& outcome) {
  if (outcome.discounted == model::Discounted::both) return {"", "discounted_"};
  return {outcome.discounted == model::Discounted::yes ? "discounted_" : ""};
}

std::vector<Cell> cells_of(const model::Model& model, const model::Outcome& outcome, const std::string& measure) {
  check_window(model, outcome);
  std::vector<Cell> cells;
  for (const std::string& prefix : prefixes_of(outcome)) {
    cells.push_back(window_cell(model, outcome, prefix + measure));
  }
  return cells;
}

constexpr Bounds unbounded{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};

std::string currency_of(const Setup& setup) {
  return setup.model.currency.empty() ? "money" : setup.model.currency;
}

void prepare_cost(const Setup& setup, Item& item) {
  measure_in(item, currency_of(setup), money_bits, unbounded);
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

// Costs, effects and, not shown, effects less costs, which tell how the two go together (joint.hpp).
void prepare_cost_effectiveness(const Setup& setup, Item& item) {
  find_region(setup, item);
  const std::string currency = currency_of(setup);
  const bool qalys = item.outcome.effect == model::OutcomeKind::qalys;
  const int effect_bits = fraction_bits_for(setup.model.horizon);
  std::int32_t place = 0;
  for (std::size_t k = 0; k < item.cells.size();) {
    Cell &cost = item.cells[k], &effect = item.cells[k + 1];
    cost.place = place;
    measure_in(item, cost, currency, money_bits, unbounded);
    effect.place = place + 1;
    measure_in(item, effect, qalys ? "QALYs" : "years", effect_bits, qalys ? unbounded : Bounds{0, effect.time});
    for (k += 2; k < item.cells.size() && item.cells[k].threshold > 0; ++k) {
      item.cells[k].place = place;
      measure_in(item, item.cells[k], currency, money_bits, unbounded);
    }
    place += 3;
  }
  item.means = static_cast<std::size_t>(place);
}

// 100000, not 1e+05.
std::string digits_of(double threshold) {
  const auto whole = static_cast<std::int64_t>(threshold);
  return static_cast<double>(whole) == threshold ? std::to_string(whole) : number_text(threshold);
}

std::vector<Cell> cost_effectiveness_cells(const model::Model& model, const model::Outcome& outcome) {
  check_window(model, outcome);
  std::vector<Cell> cells;
  for (const std::string& prefix : prefixes_of(outcome)) {
    cells.push_back(window_cell(model, outcome, prefix + "cost"));
    cells.push_back(window_cell(model, outcome, prefix + std::string(kind_of(outcome.effect).name)));
    for (const double threshold : outcome.thresholds) {
      cells.push_back(window_cell(model, outcome, prefix + "net_benefit"));
      cells.back().level = digits_of(threshold);
      cells.back().threshold = threshold;
    }
  }
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

Amount amount_of(const Item& item, model::OutcomeKind kind, const Worth& worth) {
  if (kind == model::OutcomeKind::cost) return worth.cost(item.outcome.costs);
  return kind == model::OutcomeKind::qalys ? worth.qalys(item.region) : worth.life_years(item.region);
}

std::int64_t less(std::int64_t effect, std::int64_t cost, const LifeView& view) {
  constexpr auto most = static_cast<std::int64_t>(most_units);
  const std::int64_t difference = effect - cost;
  if (std::abs(difference) < most) return difference;
  throw RunError("costs and effects of patient " + std::to_string(view.life.patient_id()) +
                 " together are too large to be added up exactly; write the costs in thousands");
}

// False: she is not followed that long, and there are no values.
bool valued(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  const std::optional<double> end = window_end(item, view.origin);
  if (end) {
    view.worth->value_of_opened(view.life, view.origin.time, *end);
  } else {
    std::fill(values.begin(), values.end(), no_number);
  }
  return end.has_value();
}

void look(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  if (!valued(item, view, values)) return;
  const Amount amount = amount_of(item, item.outcome.kind, *view.worth);
  std::size_t cell = 0;
  if (item.outcome.discounted != model::Discounted::yes) values[cell++] = amount.plain;
  if (item.outcome.discounted != model::Discounted::no) values[cell] = amount.discounted;
}

void look_at_both(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  if (!valued(item, view, values)) return;
  const Amount cost = amount_of(item, model::OutcomeKind::cost, *view.worth);
  const Amount effect = amount_of(item, item.outcome.effect, *view.worth);
  std::size_t place = 0;
  const auto put = [&](std::int64_t c, std::int64_t e) {
    values[place++] = c;
    values[place++] = e;
    values[place++] = less(e, c, view);
  };
  if (item.outcome.discounted != model::Discounted::yes) put(cost.plain, effect.plain);
  if (item.outcome.discounted != model::Discounted::no) put(cost.discounted, effect.discounted);
}

}  // namespace

const Kind cost_kind = {model::OutcomeKind::cost, "cost", cost_cells, prepare_cost, nullptr, look, true};
const Kind qalys_kind = {model::OutcomeKind::qalys, "qalys", qaly_cells, prepare_qalys, nullptr, look, true};
const Kind life_years_kind = {
    model::OutcomeKind::life_years, "life_years", life_year_cells, prepare_life_years, nullptr, look, true};
const Kind cost_effectiveness_kind = {model::OutcomeKind::cost_effectiveness,
                                      "cost_effectiveness",
                                      cost_effectiveness_cells,
                                      prepare_cost_effectiveness,
                                      nullptr,
                                      look_at_both,
                                      true};

}  // namespace sojourn::outcomes
