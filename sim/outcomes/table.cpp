#include <string>

#include "outcomes/results.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::outcomes {

namespace {

using Columns = TableColumns<Row>;

void add_what(const Results& results, Columns& columns) {
  columns.add("outcome", "", "name of the outcome", [](const Row& r) { return r.name; });
  columns.add("label", "", "its label", [](const Row& r) { return r.label; });
  columns.add("kind", "",
              "survival, incidence, share, distribution, time_in, count, cost, qalys, life_years or cost_effectiveness",
              [](const Row& r) { return r.kind; });
  columns.add("measure", "",
              "the kind, or restricted_mean, time_lost, quantile, net_benefit; discounted_ may stand before",
              [](const Row& r) { return r.measure; });
  columns.add("method", "", "proportion, mean, quantile, kaplan_meier or aalen_johansen",
              [](const Row& r) { return std::string(method_name(r.method)); });
  columns.add("unit", "", "of the estimate: 1, years, QALYs, or the currency", [](const Row& r) { return r.unit; });
  columns.add("group", "", "level of the group", [](const Row& r) { return r.group; });
  columns.add("level", "", "level of the distribution; of a quantile: which; of a net benefit: the threshold",
              [](const Row& r) { return r.level; });
  columns.add("time", "years", "since the origin", [](const Row& r) { return r.time; });
  columns.add("extrapolated", "", "1: beyond what was observed",
              [](const Row& r) { return std::int64_t{r.extrapolated ? 1 : 0}; });
  columns.add("strategy", "", "name of the strategy",
              [&results](const Row& r) { return results.strategies[r.strategy].name; });
}

void add_estimates(Columns& columns) {
  columns.add("n", "", "patients counted", [](const Row& r) { return r.n; });
  columns.add("too_short", "", "patients left out: not followed for `time` after the origin",
              [](const Row& r) { return r.too_short; });
  columns.add("events", "", "of a proportion: patients to whom it happened, else -1",
              [](const Row& r) { return r.events; });
  columns.add("estimate", "", "", [](const Row& r) { return r.estimate; });
  columns.add("se", "", "Monte Carlo standard error; missing if no two patients differ",
              [](const Row& r) { return r.se; });
  columns.add("lower", "", "95% interval", [](const Row& r) { return r.lower; });
  columns.add("upper", "", "95% interval", [](const Row& r) { return r.upper; });
  columns.add("low", "", "of a curve or quantile: least value that exact times would give",
              [](const Row& r) { return r.low; });
  columns.add("high", "", "of a curve or quantile: largest value that exact times would give",
              [](const Row& r) { return r.high; });
}

void add_differences(Columns& columns) {
  columns.add("difference", "", "to the reference strategy", [](const Row& r) { return r.difference; });
  columns.add("difference_se", "", "its standard error", [](const Row& r) { return r.difference_se; });
  columns.add("difference_lower", "", "95% interval", [](const Row& r) { return r.difference_lower; });
  columns.add("difference_upper", "", "95% interval", [](const Row& r) { return r.difference_upper; });
  columns.add("paired", "", "1: the error counts that patients are shared",
              [](const Row& r) { return std::int64_t{r.paired ? 1 : 0}; });
  columns.add("variance_reduction", "", "variance without shared patients / variance of the difference",
              [](const Row& r) { return r.variance_reduction; });
}

void add_targets(Columns& columns) {
  columns.add("target", "", "published figure", [](const Row& r) { return r.target; });
  columns.add("target_se", "", "its standard error", [](const Row& r) { return r.target_se; });
  columns.add("target_deviation", "", "(estimate - target) / target_se",
              [](const Row& r) { return r.target_deviation; });
  columns.add("target_source", "", "", [](const Row& r) { return r.target_source; });
  columns.add("note", "", "", [](const Row& r) { return r.note; });
  columns.add("difference_note", "", "", [](const Row& r) { return r.difference_note; });
}

}  // namespace

Table table(const Results& results) {
  Columns columns(results.rows);
  add_what(results, columns);
  add_estimates(columns);
  add_differences(columns);
  add_targets(columns);
  Table made{"outcomes", "estimates from the histories, one row for each outcome, group, time or level, and strategy",
             columns.take()};
  for (Column& one : outcomes::columns(results.samples)) made.columns.push_back(std::move(one));
  return made;
}

}  // namespace sojourn::outcomes
