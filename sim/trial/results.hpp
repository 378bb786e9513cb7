// What trials come to: one row for each trial, measure, arm and time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "trial/collector.hpp"
#include "trial/each.hpp"
#include "trial/measure.hpp"

namespace sojourn::trial {

struct Row {
  std::size_t trial = 0;        // in Results::trials
  std::string measure;          // name_of(kind), or replicates, power, type_1_error, sample_size, power_at_size
  std::string unit;             // 1, years, patients
  int arm = 0;                  // counted from 1; 0: both
  double time = missing;        // [years] since entry
  std::int64_t patients = 0;    // in the arm, or in both, in each replicate
  std::int64_t replicates = 0;  // that have a value
  double estimate = missing;    // mean over the replicates, or a share of them
  double se = missing, lower = missing, upper = missing;   // of the estimate: Monte Carlo error, 95% interval
  double sd = missing;                                     // of the replicates
  double low = missing, median = missing, high = missing;  // their quantiles 2.5%, 50%, 97.5%
  double mean_se = missing;                                // mean of the standard errors that the replicates report
  double truth = missing;  // what all patients of the replicates together show without the trial's censoring
  double coverage = missing, coverage_lower = missing, coverage_upper = missing;  // of the truth by their 95% intervals
  std::string note;
};

struct ArmSummary {
  std::string strategy;
  std::int64_t patients = 0;  // in each replicate
};

struct TrialSummary {
  model::Trial trial;
  std::string endpoint;
  std::vector<ArmSummary> arms;
  std::int64_t replicates = 0;      // made
  std::int64_t patients_asked = 0;  // of the run, for all the replicates asked for, if all patients enter
};

struct Results {
  std::vector<TrialSummary> trials;
  std::vector<Row> rows;
  std::vector<std::string> left_out;  // in words
  [[nodiscard]] bool empty() const { return trials.empty() && left_out.empty(); }
};

// `each`: how the replicates, which do not depend on each other, are worked through.
[[nodiscard]] Results finish(const Plan& plan, const Collector& collector, const Each& each = one_by_one);

[[nodiscard]] Table table(const Results& results);
// For people; at most `width` columns wide. Empty if the model has no trials.
[[nodiscard]] std::string terminal_table(const Results& results, int width);

}  // namespace sojourn::trial
