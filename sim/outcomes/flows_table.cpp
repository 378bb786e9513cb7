#include <cmath>

#include "outcomes/more_tables.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::outcomes {

namespace {

struct FlowRow {
  std::string strategy, transition, from, to;
  std::int64_t patients = 0, count = 0;
  double mean = 0, se = 0;  // a patient
};

FlowRow row_of(const Compiled& plan, const Flow& flow, std::size_t strategy, std::int64_t patients) {
  const auto at = [](std::int16_t id) { return static_cast<std::size_t>(id); };
  FlowRow row;
  row.strategy = plan.strategies[strategy].name;
  row.transition = plan.cause_names[at(flow.cause)];
  row.from = plan.state_names[at(flow.from)];
  row.to = plan.state_names[at(flow.to)];
  row.patients = static_cast<std::int64_t>(flow.patients);
  row.count = static_cast<std::int64_t>(flow.count);
  RatioSums sums;
  sums.n = patients;
  sums.x = static_cast<Int128>(flow.count);
  sums.xx = static_cast<Int128>(flow.count_squared);
  const RatioEstimate estimate = estimate_ratio(sums, Quantity::mean, 1);
  row.mean = estimate.estimate;
  row.se = estimate.variance > 0 ? std::sqrt(estimate.variance) : missing;
  return row;
}

}  // namespace

Table flows_table(const Compiled& plan, const Sums& sums) {
  std::vector<FlowRow> rows;
  for (std::size_t s = 0; s < plan.strategies.size(); ++s) {
    for (const Flow& flow : sums.passage(s).flows()) rows.push_back(row_of(plan, flow, s, sums.patients()));
  }
  TableColumns<FlowRow> columns(rows);
  columns.add("strategy", "", "name of the strategy", [](const FlowRow& r) { return r.strategy; });
  columns.add("transition", "", "name of the transition or branch", [](const FlowRow& r) { return r.transition; });
  columns.add("from", "", "state that is left", [](const FlowRow& r) { return r.from; });
  columns.add("to", "", "state that is entered", [](const FlowRow& r) { return r.to; });
  columns.add("patients", "", "who took it at least once", [](const FlowRow& r) { return r.patients; });
  columns.add("count", "", "how often it was taken", [](const FlowRow& r) { return r.count; });
  columns.add("mean", "", "count a patient", [](const FlowRow& r) { return r.mean; });
  columns.add("se", "", "its Monte Carlo standard error; missing if no two patients differ",
              [](const FlowRow& r) { return r.se; });
  return {"flows", "ways from one state to another, all patients", columns.take()};
}

}  // namespace sojourn::outcomes
