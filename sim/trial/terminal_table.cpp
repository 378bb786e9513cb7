// Trials for people: what each is, the distribution of what it measures, power and size.
#include <algorithm>
#include <cmath>
#include <string>

#include "base/elementary.hpp"
#include "base/number_text.hpp"
#include "base/words.hpp"
#include "outcomes/columns.hpp"
#include "outcomes/text.hpp"
#include "trial/results.hpp"

namespace sojourn::trial {

namespace {

using outcomes::decimals_for;
using outcomes::time_text;

std::string shown(double value, double factor, int decimals) {
  return value == value ? fixed_text(value * factor, decimals) : "-";
}

std::string accrual_text(const model::Trial& trial) {
  if (trial.accrual.end() == 0) return "all patients enter at once";
  return "accrual over " + time_text(trial.accrual.end());
}

std::string ends_text(const model::Trial& trial) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (trial.events) add("analysis at " + with_commas(*trial.events) + " events");
  if (trial.follow_up) {
    add((trial.events ? "at the latest " : "analysis ") + time_text(*trial.follow_up) + " after the last could enter");
  }
  if (trial.follow_each) add("each followed for " + time_text(*trial.follow_each));
  return text + (trial.dropout ? ", drop-out" : "");
}

std::string heading(const TrialSummary& one) {
  std::string text = one.trial.label + ": " + one.endpoint;
  for (std::size_t a = 0; a < one.arms.size(); ++a) {
    text += (a == 0 ? " in " : " against ") + with_commas(one.arms[a].patients) + " of " + one.arms[a].strategy;
  }
  text += "; " + accrual_text(one.trial) + ", " + ends_text(one.trial) + ". ";
  if (one.replicates == one.trial.replicates) return text + with_commas(one.replicates) + " replicates.";
  return text + with_commas(one.replicates) + " of " + with_commas(one.trial.replicates) +
         " replicates: this run has no patients for more (all need at least " + with_commas(one.patients_asked) + ").";
}

struct Unit {
  std::string name;
  double factor = 1;
};

Unit unit_of(const Row& row) {
  if (row.measure.starts_with("survival")) return {", %", 100};
  if (row.measure.starts_with("restricted_mean") || row.measure == "analysis") return {", months", 12};
  return {"", 1};
}

std::string label_of(const TrialSummary& trial, const Row& row) {
  const std::string time = row.time == row.time ? " " + time_text(row.time) : "";
  std::string text;
  if (row.measure == "survival" || row.measure == "survival_difference") text = "At" + time;
  if (row.measure.starts_with("restricted_mean")) text = "RMST to" + time;
  if (row.measure == "log_hazard_ratio") text = "Log hazard ratio";
  if (row.measure == "test_statistic") text = "z of the test";
  if (row.measure == "enrolled") text = "Enrolled";
  if (row.measure == "events") text = "Events";
  if (row.measure == "lost") text = "Lost";
  if (row.measure == "analysis") text = "Analysis after";
  if (row.arm > 0) {
    const std::string& name = trial.arms[static_cast<std::size_t>(row.arm) - 1].strategy;
    const bool alike = trial.arms.size() == 2 && trial.arms[0].strategy == trial.arms[1].strategy;
    text += ", " + name + (alike ? " (" + std::to_string(row.arm) + ")" : "");
  }
  if (row.measure.ends_with("_difference")) text += ", difference";
  return text + unit_of(row).name;
}

outcomes::Line line_of(const TrialSummary& trial, const Row& row) {
  const double factor = unit_of(row).factor;
  const int decimals = std::max(1, decimals_for(row.se * factor));
  const int digits = row.sd == row.sd ? std::max(1, decimals_for(row.sd * factor / 10)) : 1;
  std::vector<outcomes::Entry> entries;
  entries.push_back(
      {shown(row.estimate, factor, decimals), row.se == row.se ? " ± " + shown(row.se, factor, decimals) : ""});
  entries.push_back({shown(row.sd, factor, digits), ""});
  entries.push_back({shown(row.low, factor, digits) + " to " + shown(row.high, factor, digits), ""});
  entries.push_back({shown(row.mean_se, factor, digits), ""});
  entries.push_back({shown(row.truth, factor, decimals), ""});
  entries.push_back({row.coverage == row.coverage ? shown(row.coverage, 100, 1) + "%" : "-", ""});
  return {label_of(trial, row), entries, ""};
}

std::string percent(double share) {
  return fixed_text(100 * share, 1) + "%";
}

std::string interval_text(double lower, double upper, double factor, int decimals) {
  return " (95% interval " + fixed_text(lower * factor, decimals) + " to " + fixed_text(upper * factor, decimals) + ")";
}

std::string test_text(const model::Trial& trial) {
  constexpr const char* names[] = {"log-rank test", "Peto and Peto's test", "test of the restricted means"};
  return std::string(trial.sides == 2 ? "two-sided " : "one-sided ") + (trial.strata ? "stratified " : "") +
         names[static_cast<std::size_t>(trial.test)] + " at " + fixed_text(100 * trial.alpha, 1) + "%";
}

std::string hazard_ratio_text(const Row& row) {
  if (!(row.estimate == row.estimate)) return "";
  const auto ratio = [](double log_ratio) { return fixed_text(sojourn::exp(log_ratio), 2); };
  return "Hazard ratio of the second arm to the first: median of the replicates " + ratio(row.median) +
         ", 95% of them " + ratio(row.low) + " to " + ratio(row.high) + ".";
}

// What is said in a sentence rather than in a line of the table.
std::string sentence(const TrialSummary& trial, const Row& row) {
  if (row.measure == "log_hazard_ratio") return hazard_ratio_text(row);
  if (row.measure == "power" || row.measure == "type_1_error") {
    const std::string what = row.measure == "power" ? "Power of the " : "Both arms are alike: type I error of the ";
    return what + test_text(trial.trial) + ": " + percent(row.estimate) + interval_text(row.lower, row.upper, 100, 1) +
           ".";
  }
  if (row.measure == "power_at_size") {
    return "Power simulated at that size: " + percent(row.estimate) + interval_text(row.lower, row.upper, 100, 1) +
           " in " + with_commas(row.replicates) + " replicates.";
  }
  if (row.measure != "sample_size") return "";
  if (row.patients == 0) return "Power of " + percent(*trial.trial.power) + ": " + row.note + ".";
  return "Patients for a power of " + percent(*trial.trial.power) + ": " + with_commas(row.patients) + " in both arms" +
         interval_text(row.lower, row.upper, 1, 0) + (row.note.empty() ? "" : "; " + row.note) + ".";
}

std::string one_trial(const Results& results, std::size_t index, int width) {
  const auto room = static_cast<std::size_t>(std::max(width, 40));
  const TrialSummary& trial = results.trials[index];
  std::string text = "\n" + outcomes::wrapped(heading(trial), room), sentences;
  outcomes::TextColumns columns{
      "", {"mean", "sd", "95% of replicates", "error reported", "truth", "interval covers"}, {}};
  for (const Row& row : results.rows) {
    if (row.trial != index || row.measure == "replicates") continue;  // the heading says how many
    const std::string words = sentence(trial, row);
    if (words.empty()) {
      columns.lines.push_back(line_of(trial, row));
    } else {
      sentences += outcomes::wrapped(words, room);
    }
  }
  if (!columns.lines.empty()) text += outcomes::laid_out(columns, width);
  return text + sentences;
}

}  // namespace

std::string terminal_table(const Results& results, int width) {
  if (results.empty()) return "";
  std::string text = "Trials made of these patients; mean ± Monte Carlo error\n";
  for (std::size_t i = 0; i < results.trials.size(); ++i) text += one_trial(results, i, width);
  for (const std::string& one : results.left_out) {
    text += outcomes::wrapped(one, static_cast<std::size_t>(std::max(width, 40)));
  }
  return text;
}

}  // namespace sojourn::trial
