// What outcomes come to: one row for each outcome, group, time or level, and strategy.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "outcomes/cost_effectiveness.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/samples.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

enum class Method : std::uint8_t { proportion, mean, quantile, kaplan_meier, aalen_johansen };
[[nodiscard]] std::string_view method_name(Method method);

struct Row {
  std::size_t outcome = 0;    // in the order of the model
  std::string name, label;    // label: the name if there is none
  std::string kind, measure;  // measure: what this number is (kind.hpp)
  Method method = Method::proportion;
  Quantity quantity = Quantity::proportion;
  std::string unit = "1";      // of the estimate: 1, years, ...
  std::string group, level;    // of a grouped outcome; of a distribution
  double time = 0;             // [years] since the origin
  bool at_end = false;         // at the end of follow-up: the model gives no time
  bool extrapolated = false;   // beyond what was observed
  std::size_t strategy = 0;    // in Results::strategies
  std::int64_t n = 0;          // patients counted
  std::int64_t too_short = 0;  // left out: their follow-up after the origin is shorter than `time`
  std::int64_t events = -1;    // of a proportion: patients to whom it happened; -1: does not apply
  double estimate = missing;
  double se = missing;                      // missing where no two patients differ: the interval still says something
  double lower = missing, upper = missing;  // 95%
  double low = missing, high = missing;     // of a curve: bounds on what exact times would give
  // To the reference strategy; missing for the reference itself.
  double difference = missing, difference_se = missing, difference_lower = missing, difference_upper = missing;
  bool paired = false;
  double variance_reduction = missing;  // variance had patients not been shared / variance of the difference
  double target = missing, target_se = missing,
         target_deviation = missing;  // deviation: (estimate - target) / target_se
  std::string target_source;
  std::string note, difference_note;
};

struct Results {
  std::int64_t patients = 0;
  double horizon = missing, observed_until = missing;  // [years]
  std::vector<StrategyName> strategies;
  std::size_t reference = 0;
  std::vector<Row> rows;
  std::vector<CostEffectiveness> cost_effectiveness;
  // More tables, in the order of files: comparisons (every two strategies), cost_effectiveness and net_benefit where
  // there are any, curves (over time) if wanted, flows (ways between states).
  std::vector<Table> tables;
  SampleSummary samples;  // of uncertain parameters; the rows are then those of the base case
};

enum class WithCurves : std::uint8_t { no, yes };  // they are many rows

[[nodiscard]] Results finish(const Plan& plan, const Sums& sums, WithCurves curves = WithCurves::yes);
// Without the tables, as for one sample of many.
[[nodiscard]] Results finish_rows(const Plan& plan, const Sums& sums);

// The rows as named columns, of files and CSV alike.
[[nodiscard]] Table table(const Results& results);
// One line a row. NaN is an empty cell.
[[nodiscard]] std::string csv(const Results& results);  // the table of outcomes
// {"schema": 1, "patients", "horizon", "observed_until", "reference", "strategies": [{"name", "label"}], "rows": [...],
// and the other tables by name, without the curves}; a row has the columns of `table`, in that order. NaN is null.
[[nodiscard]] std::string json(const Results& results);
// For people: estimates with their errors, paired differences, targets; at most `width` columns wide.
[[nodiscard]] std::string terminal_table(const Results& results, int width);

}  // namespace sojourn::outcomes
