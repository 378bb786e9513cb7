#include <cmath>

#include "outcomes/interval.hpp"
#include "outcomes/results.hpp"
#include "outcomes/targets.hpp"

namespace sojourn::outcomes {

namespace {

std::int64_t whole(Int128 count) {
  return static_cast<std::int64_t>(count);
}

double largest(const Item& item, const Row& row) {
  if (row.quantity == Quantity::money || row.quantity == Quantity::qalys)
    return std::numeric_limits<double>::infinity();
  return row.quantity == Quantity::time ? item.range : 1;
}

double smallest(const Item& item, const Row& row) {
  return std::isinf(largest(item, row)) ? -largest(item, row) : 0;
}

// In which a cell's sums are counted.
double unit_of(const Item& item, Quantity quantity) {
  if (quantity == Quantity::proportion) return 1;
  return binary_power(quantity == Quantity::money ? -money_bits : -item.fraction_bits);
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
void set_own(const Item& item, const Cell& cell, const RatioSums& sums, const RatioEstimate& result, Row& row) {
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
  } else if (std::isnan(row.se) && std::isinf(largest(item, row))) {
    add_note(row.note, "the same in every patient");
  } else if (std::isnan(row.se)) {
    set_interval(row, constant_interval(row.estimate, 0, largest(item, row), static_cast<double>(row.n)));
    add_note(row.note, "the same in every patient: 95% bound");
  } else {
    set_interval(row, normal_interval(row.estimate, row.se, smallest(item, row), largest(item, row)));
  }
}

void set_difference(const Item& item, const RatioSums& sums, const RatioEstimate& result, Row& row) {
  row.paired = true;
  row.difference = result.difference;
  if (std::isnan(result.difference)) return;
  const double most = largest(item, row);
  if (result.difference_variance > 0) {
    row.difference_se = std::sqrt(result.difference_variance);
    row.variance_reduction = result.independent_variance / result.difference_variance;
    set_difference_interval(row, normal_interval(row.difference, row.difference_se, -most, most));
    return;
  }
  if (std::isnan(result.difference_variance)) return;
  const auto patients = static_cast<double>(whole(sums.n < sums.n_r ? sums.n : sums.n_r));
  if (!std::isinf(most)) {
    set_difference_interval(row, constant_interval(row.difference, -most, most, patients));
  }
  row.difference_note = row.difference == 0 ? "identical: no patient differs" : "the same difference in every patient";
}

void fill_ratio(const Compiled& plan, const Item& item, const Accumulator& accumulator, std::size_t g, std::size_t k,
                Row& row) {
  const Cell& cell = item.cells[k];
  const RatioSums sums = accumulator.sums(item.first_cell + g * item.cells.size() + k, row.strategy, cell.quantity);
  const RatioEstimate result = estimate_ratio(sums, cell.quantity, unit_of(item, cell.quantity));
  row.method = cell.quantity == Quantity::proportion ? Method::proportion : Method::mean;
  set_own(item, cell, sums, result, row);
  if (row.strategy != plan.reference) set_difference(item, sums, result, row);
}

// ---- curves ----
void set_curve_interval(const Item& item, const CurveValue& read, Row& row) {
  const double most = largest(item, row);
  const double n = static_cast<double>(read.at_risk > 0 ? read.at_risk : 1);
  if (!(read.variance > 0)) {
    row.se = missing;
    set_interval(row, constant_interval(row.estimate, 0, most, n));
    add_note(row.note, row.events == 0 ? "no events: 95% bound from those at risk" : "nobody left: 95% bound");
  } else if (row.quantity == Quantity::time) {
    set_interval(row, normal_interval(row.estimate, row.se, 0, most));
  } else if (row.measure == "survival") {
    set_interval(row, log_log_interval(row.estimate, row.se));
  } else {
    const Interval free = log_log_interval(1 - row.estimate, row.se);
    set_interval(row, {1 - free.upper, 1 - free.lower});
  }
}

void fill_curve(const Compiled& plan, const Item& item, const Accumulator& accumulator, std::size_t g, std::size_t k,
                Row& row) {
  const Cell& cell = item.cells[k];
  const auto read = [&](std::size_t strategy) {
    return Curve(item.grid, accumulator.curve(item.first_curve + g, strategy)).read(cell.functional, cell.time);
  };
  const CurveValue own = read(row.strategy);
  row.method = item.competing.empty() ? Method::kaplan_meier : Method::aalen_johansen;
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
  set_curve_interval(item, own, row);
  if (row.strategy == plan.reference) return;
  const CurveValue reference = read(plan.reference);
  if (!reference.reached) return;
  if (accumulator.curve(item.first_curve + g, row.strategy) ==
      accumulator.curve(item.first_curve + g, plan.reference)) {
    row.difference = 0;
    row.difference_note = "identical: the same events and censorings";
    return;
  }
  row.difference = own.value - reference.value;
  const double variance = own.variance + reference.variance, most = largest(item, row);
  row.difference_note = "unpaired";
  if (!(variance > 0)) return;
  row.difference_se = std::sqrt(variance);
  set_difference_interval(row, normal_interval(row.difference, row.difference_se, -most, most));
}

Row row_of(const Compiled& plan, const Accumulator& sums, std::size_t i, std::size_t g, std::size_t k, std::size_t s) {
  const Item& item = plan.items[i];
  const Cell& cell = item.cells[k];
  Row row;
  row.outcome = i;
  row.name = item.outcome.name;
  row.label = item.outcome.label.empty() ? item.outcome.name : item.outcome.label;
  row.kind = item.kind->name;
  row.measure = cell.measure;
  row.quantity = cell.quantity;
  row.currency = plan.currency;
  row.group = item.groups[g].label;
  row.level = cell.level;
  row.time = cell.time;
  row.at_end = item.outcome.at.empty() && !item.outcome.until;
  row.strategy = s;
  const bool later = plan.observed_until && cell.time > *plan.observed_until * (1 + 1e-12);
  row.extrapolated = later && (!row.at_end || cell.quantity != Quantity::proportion || sums.changes_late(i));
  (item.curve ? fill_curve : fill_ratio)(plan, item, sums, g, k, row);
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
    case Method::kaplan_meier:
      return "kaplan_meier";
    case Method::aalen_johansen:
      return "aalen_johansen";
  }
  return "";
}

Results finish(const Plan& plan, const Accumulator& sums) {
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
      for (std::size_t k = 0; k < item.cells.size(); ++k) {
        for (std::size_t s = 0; s < results.strategies.size(); ++s) {
          results.rows.push_back(row_of(compiled, sums, i, g, k, s));
        }
      }
    }
  }
  return results;
}

}  // namespace sojourn::outcomes
