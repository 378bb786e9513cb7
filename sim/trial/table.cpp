#include <string>

#include "outcomes/table_columns.hpp"
#include "trial/results.hpp"

namespace sojourn::trial {

namespace {

using Columns = outcomes::TableColumns<Row>;

std::string strategy_of(const Results& results, const Row& row) {
  const auto& arms = results.trials[row.trial].arms;
  if (row.arm > 0) return arms[static_cast<std::size_t>(row.arm) - 1].strategy;
  return arms.size() < 2 ? arms[0].strategy : arms[1].strategy + " against " + arms[0].strategy;
}

void add_what(const Results& results, Columns& columns) {
  columns.add("trial", "", "name of the trial", [&](const Row& r) { return results.trials[r.trial].trial.name; });
  columns.add("label", "", "its label", [&](const Row& r) { return results.trials[r.trial].trial.label; });
  columns.add("endpoint", "", "the outcome that is followed",
              [&](const Row& r) { return results.trials[r.trial].endpoint; });
  columns.add("measure", "", "what the number is", [](const Row& r) { return r.measure; });
  columns.add("unit", "", "of the estimate: 1, years or patients", [](const Row& r) { return r.unit; });
  columns.add("arm", "", "from 1; 0: both", [](const Row& r) { return std::int64_t{r.arm}; });
  columns.add("strategy", "", "of the arm, or of both", [&](const Row& r) { return strategy_of(results, r); });
  columns.add("time", "years", "since entry", [](const Row& r) { return r.time; });
  columns.add("patients", "", "in each replicate, in the arm or in both", [](const Row& r) { return r.patients; });
  columns.add("replicates", "", "that have a value", [](const Row& r) { return r.replicates; });
}

void add_numbers(Columns& columns) {
  columns.add("estimate", "", "mean over the replicates, or a share of them", [](const Row& r) { return r.estimate; });
  columns.add("se", "", "Monte Carlo standard error of the estimate", [](const Row& r) { return r.se; });
  columns.add("lower", "", "95% interval of the estimate", [](const Row& r) { return r.lower; });
  columns.add("upper", "", "95% interval of the estimate", [](const Row& r) { return r.upper; });
  columns.add("sd", "", "standard deviation of the replicates", [](const Row& r) { return r.sd; });
  columns.add("q025", "", "2.5% quantile of the replicates", [](const Row& r) { return r.low; });
  columns.add("q500", "", "median of the replicates", [](const Row& r) { return r.median; });
  columns.add("q975", "", "97.5% quantile of the replicates", [](const Row& r) { return r.high; });
  columns.add("mean_se", "", "mean of the standard errors that the replicates report",
              [](const Row& r) { return r.mean_se; });
  columns.add("truth", "", "of all patients of the replicates, not censored by the trial",
              [](const Row& r) { return r.truth; });
  columns.add("coverage", "", "share of the replicates whose 95% interval holds the truth",
              [](const Row& r) { return r.coverage; });
  columns.add("coverage_lower", "", "95% interval of the coverage", [](const Row& r) { return r.coverage_lower; });
  columns.add("coverage_upper", "", "95% interval of the coverage", [](const Row& r) { return r.coverage_upper; });
  columns.add("note", "", "", [](const Row& r) { return r.note; });
}

}  // namespace

Table table(const Results& results) {
  Columns columns(results.rows);
  add_what(results, columns);
  add_numbers(columns);
  return {"trials", "trials made of the simulated patients: one row for each trial, measure, arm and time",
          columns.take()};
}

}  // namespace sojourn::trial
