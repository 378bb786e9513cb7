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

// In the place of a life that is not followed that long there is no value.
template <class Value>
void put(const WorthColumns& worth, const Counted& counted, std::vector<std::int64_t>& values, Value value) {
  for (const std::uint32_t l : counted.lives) values[l] = worth.known[l] != 0 ? value(l) : no_number;
}

void put_cost(const Item& item, const WorthColumns& worth, const std::vector<std::vector<std::int64_t>>& columns,
              const Counted& counted, std::vector<std::int64_t>& values) {
  std::vector<const std::int64_t*> chosen;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (item.outcome.costs[c]) chosen.push_back(columns[c].data());
  }
  std::fill(values.begin(), values.end(), 0);
  for (const std::int64_t* column : chosen) {
    for (std::size_t l = 0; l < worth.known.size(); ++l) values[l] += column[l];
  }
  put(worth, counted, values, [&](std::uint32_t l) {
    if (std::abs(values[l]) >= static_cast<std::int64_t>(most_units)) {
      throw RunError("costs: those of patient " + std::to_string(worth.patient[l]) + " at " +
                     number_text(worth.until[l]) +
                     " years together are too large to be added up exactly (limit 2^31); write them in thousands");
    }
    return values[l];
  });
}

void put_effect(const Item& item, model::OutcomeKind kind, bool discounted, const WorthColumns& worth,
                const Counted& counted, std::vector<std::int64_t>& values) {
  const AmountColumns& amounts = kind == model::OutcomeKind::qalys ? worth.qalys : worth.life_years;
  const std::int64_t* const column = (discounted ? amounts.discounted : amounts.plain)[item.region].data();
  put(worth, counted, values, [&](std::uint32_t l) { return column[l]; });
}

// Calls use(discounted) for each way of looking at it that is asked for.
template <class Use>
void for_each_view(const Item& item, Use use) {
  if (item.outcome.discounted != model::Discounted::yes) use(false);
  if (item.outcome.discounted != model::Discounted::no) use(true);
}

void observe_cost(const Item& item, const Answers& answers, const Counted& counted, Records& records) {
  const WorthColumns& worth = answers.worth[item.window];
  std::size_t place = 0;
  for_each_view(item, [&](bool discounted) {
    put_cost(item, worth, discounted ? worth.costs.discounted : worth.costs.plain, counted, records.values[place++]);
  });
}

void observe_effect(const Item& item, const Answers& answers, const Counted& counted, Records& records) {
  std::size_t place = 0;
  for_each_view(item, [&](bool discounted) {
    put_effect(item, item.outcome.kind, discounted, answers.worth[item.window], counted, records.values[place++]);
  });
}

void observe_both(const Item& item, const Answers& answers, const Counted& counted, Records& records) {
  constexpr auto most = static_cast<std::int64_t>(most_units);
  const WorthColumns& worth = answers.worth[item.window];
  std::size_t place = 0;
  for_each_view(item, [&](bool discounted) {
    std::vector<std::int64_t>&cost = records.values[place], &effect = records.values[place + 1];
    put_cost(item, worth, discounted ? worth.costs.discounted : worth.costs.plain, counted, cost);
    put_effect(item, item.outcome.effect, discounted, worth, counted, effect);
    put(worth, counted, records.values[place + 2], [&](std::uint32_t l) {
      const std::int64_t difference = effect[l] - cost[l];
      if (std::abs(difference) < most) return difference;
      throw RunError("costs and effects of patient " + std::to_string(worth.patient[l]) +
                     " together are too large to be added up exactly; write the costs in thousands");
    });
    place += 3;
  });
}

}  // namespace

const Kind cost_kind = {model::OutcomeKind::cost, "cost", cost_cells, prepare_cost, observe_cost, nullptr, true};
const Kind qalys_kind = {model::OutcomeKind::qalys, "qalys", qaly_cells, prepare_qalys, observe_effect, nullptr, true};
const Kind life_years_kind = {
    model::OutcomeKind::life_years, "life_years", life_year_cells, prepare_life_years, observe_effect, nullptr, true};
const Kind cost_effectiveness_kind = {model::OutcomeKind::cost_effectiveness,
                                      "cost_effectiveness",
                                      cost_effectiveness_cells,
                                      prepare_cost_effectiveness,
                                      observe_both,
                                      nullptr,
                                      true};

}  // namespace sojourn::outcomes
