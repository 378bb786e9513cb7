#include <cmath>
#include <utility>

#include "outcomes/cell_estimate.hpp"
#include "outcomes/difference.hpp"
#include "outcomes/interval.hpp"
#include "outcomes/more_tables.hpp"
#include "outcomes/quantile.hpp"
#include "outcomes/results.hpp"
#include "outcomes/targets.hpp"

namespace sojourn::outcomes {

namespace {

std::int64_t whole(Int128 count) {
  return static_cast<std::int64_t>(count);
}

void set_interval(Row& row, const Interval& interval) {
  row.lower = interval.lower;
  row.upper = interval.upper;
}

void set_difference_interval(Row& row, const Interval& interval) {
  row.difference_lower = interval.lower;
  row.difference_upper = interval.upper;
}

std::string too_short_note(const Row& row) {
  if (row.too_short == 0) return "";
  if (row.n == 0) return "no patient is followed that long after the origin";
  return std::to_string(row.too_short) + " of " + std::to_string(row.n + row.too_short) +
         " patients are not followed that long and left out";
}

void add_note(std::string& notes, std::string_view note) {
  if (note.empty()) return;
  if (!notes.empty()) notes += "; ";
  notes += note;
}

// ---- ratios ----
void set_own(const Cell& cell, const RatioSums& sums, const RatioEstimate& result, Row& row) {
  row.n = whole(sums.n);
  row.too_short = whole(sums.too_short);
  row.estimate = result.estimate;
  row.note = too_short_note(row);
  if (row.quantity == Quantity::proportion) row.events = whole(cell.event_free ? sums.n - sums.x : sums.x);
  if (row.n == 0) {
    if (row.too_short == 0) add_note(row.note, "no patients");
    return;
  }
  if (!(result.variance == 0)) row.se = std::sqrt(result.variance);
  if (row.quantity == Quantity::proportion) {
    set_interval(row, proportion_interval(sums.x, sums.n));
    if (row.events == 0) add_note(row.note, "no events: 95% bound");
    if (row.events == row.n) add_note(row.note, "events in all: 95% bound");
  } else if (std::isnan(row.se)) {
    const bool finite = cell.bounds.finite();
    if (finite) set_interval(row, constant_interval(row.estimate, cell.bounds, static_cast<double>(row.n)));
    add_note(row.note, finite ? "the same in every patient: 95% bound" : "the same in every patient");
  } else {
    set_interval(row, normal_interval(row.estimate, row.se, cell.bounds));
  }
}

void set_difference(const Cell& cell, const RatioSums& sums, const RatioEstimate& result, Row& row) {
  row.paired = true;
  const Difference difference = difference_of(sums, result, cell.bounds);
  row.difference = difference.value;
  row.difference_se = difference.se;
  row.variance_reduction = difference.variance_reduction;
  set_difference_interval(row, difference.interval);
  row.difference_note = difference.note;
}

void fill_ratio(const Compiled& plan, const Cell& cell, const CellEstimate& found, Row& row) {
  row.method = cell.quantity == Quantity::mean ? Method::mean : Method::proportion;
  set_own(cell, found.sums, found.result, row);
  if (row.strategy != plan.reference) set_difference(cell, found.sums, found.result, row);
}

// ---- quantiles ----
void fill_quantile(const Compiled& plan, const Item& item, const Sums& sums, std::size_t g, std::size_t k, Row& row) {
  const double share = item.cells[k].quantile;
  const auto read = [&](std::size_t strategy) { return quantile_of(item, sums, g, strategy, share); };
  const Quantile own = read(row.strategy);
  row.method = Method::quantile;
  row.n = own.patients;
  row.time = missing;
  row.estimate = own.value;
  row.se = own.se;
  row.low = own.low;
  row.high = own.value;
  set_interval(row, own.interval);
  if (std::isnan(own.value)) {
    row.note = row.n == 0 ? "no patients" : "not reached within the horizon";
    return;
  }
  if (row.strategy == plan.reference) return;
  const Quantile reference = read(plan.reference);
  row.difference = own.value - reference.value;
  row.difference_note = "unpaired";
  row.difference_se = std::sqrt(own.se * own.se + reference.se * reference.se);
  if (std::isnan(row.difference_se)) return;
  set_difference_interval(row, normal_interval(row.difference, row.difference_se, {-item.horizon, item.horizon}));
}

// ---- curves ----
void set_curve_interval(const Item& item, const Cell& cell, const CurveValue& read, Row& row) {
  const double n = static_cast<double>(read.at_risk > 0 ? read.at_risk : 1);
  if (!(read.variance > 0)) {
    row.se = missing;
    set_interval(row, constant_interval(row.estimate, cell.bounds, n));
    add_note(row.note, row.events == 0 ? "no events: 95% bound from those at risk" : "nobody left: 95% bound");
  } else if (row.quantity == Quantity::mean) {
    set_interval(row, normal_interval(row.estimate, row.se, cell.bounds));
  } else if (row.measure == "survival") {
    set_interval(row, survival_interval(item.outcome.interval, row.estimate, row.se));
  } else {
    const Interval free = survival_interval(item.outcome.interval, 1 - row.estimate, row.se);
    set_interval(row, {1 - free.upper, 1 - free.lower});
  }
}

void fill_curve(const Compiled& plan, const Item& item, const Sums& sums, std::size_t g, std::size_t k, Row& row) {
  const Cell& cell = item.cells[k];
  const auto read = [&](std::size_t strategy) {
    return Curve(item.grid, sums.curve(item, g, strategy)).read(cell.functional, cell.time);
  };
  const CurveValue own = read(row.strategy);
  row.method = item.competing == no_query ? Method::kaplan_meier : Method::aalen_johansen;
  row.n = static_cast<std::int64_t>(own.patients);
  if (cell.quantity == Quantity::proportion) row.events = static_cast<std::int64_t>(own.events);
  if (!own.reached) {
    row.note = row.n == 0 ? "no patients" : "nobody is followed that long";
    return;
  }
  row.estimate = own.value;
  row.se = std::sqrt(own.variance);
  row.low = own.low;
  row.high = own.high;
  set_curve_interval(item, cell, own, row);
  if (row.strategy == plan.reference) return;
  const CurveValue reference = read(plan.reference);
  if (!reference.reached) return;
  if (sums.curve(item, g, row.strategy) == sums.curve(item, g, plan.reference)) {
    row.difference = 0;
    row.difference_note = "identical: the same events and censorings";
    return;
  }
  row.difference = own.value - reference.value;
  const double variance = own.variance + reference.variance, most = cell.bounds.most;
  row.difference_note = "unpaired";
  if (!(variance > 0)) return;
  row.difference_se = std::sqrt(variance);
  set_difference_interval(row, normal_interval(row.difference, row.difference_se, {-most, most}));
}

void fill(const Compiled& plan, const Item& item, const Sums& sums, const std::vector<CellEstimate>& ratios,
          std::size_t g, std::size_t k, Row& row) {
  if (item.cells[k].quantile > 0) {
    fill_quantile(plan, item, sums, g, k, row);
  } else if (item.curve) {
    fill_curve(plan, item, sums, g, k, row);
  } else {
    fill_ratio(plan, item.cells[k], ratios[k], row);
  }
}

// `ratios`: of the item's cells under the strategy.
Row row_of(const Compiled& plan, const Sums& sums, const std::vector<CellEstimate>& ratios, std::size_t i,
           std::size_t g, std::size_t k, std::size_t s) {
  const Item& item = plan.items[i];
  const Cell& cell = item.cells[k];
  Row row;
  row.outcome = i;
  row.name = item.outcome.name;
  row.label = item.outcome.label.empty() ? item.outcome.name : item.outcome.label;
  row.kind = item.kind->name;
  row.measure = cell.measure;
  row.quantity = cell.quantity;
  row.unit = cell.unit;
  row.group = item.groups[g].label;
  row.level = cell.level;
  row.time = cell.time;
  row.at_end = item.outcome.at.empty() && !item.outcome.until && cell.quantile == 0;
  row.strategy = s;
  const bool later = plan.observed_until && cell.time > *plan.observed_until * (1 + 1e-12);
  row.extrapolated = later && (!row.at_end || cell.quantity == Quantity::mean || sums.changes_late(i));
  fill(plan, item, sums, ratios, g, k, row);
  if (cell.quantile > 0) row.extrapolated = plan.observed_until && row.estimate > *plan.observed_until;
  if (const model::Target* target = target_of(item, cell, item.groups[g])) {
    row.target = target->value;
    row.target_source = target->source;
    if (target->se > 0) {
      row.target_se = target->se;
      row.target_deviation = (row.estimate - target->value) / target->se;
    }
  }
  return row;
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::proportion:
      return "proportion";
    case Method::mean:
      return "mean";
    case Method::quantile:
      return "quantile";
    case Method::kaplan_meier:
      return "kaplan_meier";
    case Method::aalen_johansen:
      return "aalen_johansen";
  }
  return "";
}

Results finish_rows(const Plan& plan, const Sums& sums) {
  const Compiled& compiled = *plan.compiled();
  Results results;
  results.patients = sums.patients();
  results.horizon = compiled.life.horizon();
  results.observed_until = compiled.observed_until.value_or(missing);
  results.strategies = compiled.strategies;
  results.reference = compiled.reference;
  for (std::size_t i = 0; i < compiled.items.size(); ++i) {
    const Item& item = compiled.items[i];
    for (std::size_t g = 0; g < item.groups.size(); ++g) {
      std::vector<std::vector<CellEstimate>> ratios(results.strategies.size());
      for (std::size_t s = 0; s < ratios.size() && !item.curve; ++s) {
        ratios[s] = cell_estimates(item, sums, g, s, compiled.reference);
      }
      for (std::size_t k = 0; k < item.cells.size(); ++k) {
        for (std::size_t s = 0; s < results.strategies.size(); ++s) {
          results.rows.push_back(row_of(compiled, sums, ratios[s], i, g, k, s));
        }
      }
    }
  }
  return results;
}

Results finish(const Plan& plan, const Sums& sums, WithCurves curves) {
  Results results = finish_rows(plan, sums);
  const Compiled& compiled = *plan.compiled();
  results.tables.push_back(comparisons_table(compiled, sums));
  results.cost_effectiveness = cost_effectiveness(compiled, sums);
  for (Table table : {cost_effectiveness_table(results), net_benefit_table(results)}) {
    if (rows_of(table) > 0) results.tables.push_back(std::move(table));
  }
  if (curves == WithCurves::yes) results.tables.push_back(curves_table(compiled, sums));
  results.tables.push_back(flows_table(compiled, sums));
  return results;
}

}  // namespace sojourn::outcomes
