#include "outcomes/entries.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

Shown shown(const Row& row) {
  if (row.quantity == Quantity::proportion) return {100, "%"};
  if (row.unit != "years") return {1, row.unit == "1" ? std::string_view() : std::string_view(row.unit)};
  const bool worth = row.kind == "life_years" || row.kind == "cost_effectiveness";
  if ((row.time <= 5 || row.estimate <= 2) && !worth) return {12, "months"};
  return {1, "years"};
}

namespace {

// What a number of an outcome about costs and effects is, in words.
std::string worth_part(const Row& row) {
  if (row.kind != "cost_effectiveness") return "";
  if (row.measure.ends_with("net_benefit")) return "net benefit";
  return row.measure.ends_with("cost") ? "costs" : row.measure.ends_with("qalys") ? "QALYs" : "life years";
}

Entry bound_entry(double estimate, double lower, double upper, double factor) {
  const bool at_bottom = estimate - lower < upper - estimate;
  const double bound = (at_bottom ? upper : lower) * factor, value = estimate * factor;
  const int decimals = decimals_for(std::abs(bound - value));
  const bool whole = std::abs(value - std::round(value)) < 1e-9;
  return {fixed_text(value, whole ? 0 : decimals), (at_bottom ? " (<" : " (>") + fixed_text(bound, decimals) + ")"};
}

// Decimals of a row of numbers: by the largest error among the strategies; a much smaller error gets what one digit
// needs.
int decimals_in_row(const Rows& rows, double Row::*error, double own) {
  double largest = 0;
  for (const Row* row : rows) largest = std::max(largest, row->*error > 0 ? row->*error : 0);
  const double factor = shown(*rows.front()).factor;
  const int common = decimals_for(largest * factor);
  return own * factor >= 0.5 * decimal_unit(common) ? common : decimals_for(own * factor);
}

std::string factor_text(double factor) {
  if (factor >= 9999.5) return ">9999";
  return fixed_text(factor, factor < 9.95 ? 1 : 0);
}

}  // namespace

Entry estimate_entry(const Row& row, const Rows& rows) {
  if (std::isnan(row.estimate)) return {"-", ""};
  const double factor = shown(row).factor;
  if (std::isnan(row.se)) {
    if (std::isnan(row.lower)) return {fixed_text(row.estimate * factor, 1), ""};
    return bound_entry(row.estimate, row.lower, row.upper, factor);
  }
  const int decimals = decimals_in_row(rows, &Row::se, row.se);
  return {fixed_text(row.estimate * factor, decimals), " ± " + fixed_text(row.se * factor, decimals)};
}

std::string signed_text(double value, int decimals) {
  const std::string text = fixed_text(value, decimals);
  return value > 0 && text.find_first_of("123456789") != std::string::npos ? "+" + text : text;
}

Entry difference_entry(const Row& row, const Rows& rows) {
  if (std::isnan(row.difference)) return {"-", ""};
  if (std::isnan(row.difference_se)) {
    if (row.difference == 0) return {"0", row.difference_note.starts_with("identical") ? " identical" : ""};
    return {signed_text(row.difference * shown(row).factor, 2), row.paired ? " in all" : ""};
  }
  const double factor = shown(row).factor;
  const int decimals = decimals_in_row(rows, &Row::difference_se, row.difference_se);
  std::string right = " ± " + fixed_text(row.difference_se * factor, decimals);
  right += row.paired ? " ×" + factor_text(row.variance_reduction) : " unpaired";
  return {signed_text(row.difference * factor, decimals), right};
}

Entry deviation_entry(const Row& row) {
  if (!std::isnan(row.target_deviation)) return {signed_text(row.target_deviation, 1), ""};
  if (std::isnan(row.estimate)) return {"-", ""};
  return {signed_text((row.estimate - row.target) * shown(row).factor, 2),
          std::string(" ") + std::string(shown(row).unit)};
}

std::string time_part(const Row& row) {
  if (row.measure == "restricted_mean") return "RMST to " + time_text(row.time);
  if (row.measure == "time_lost") return "mean time lost by " + time_text(row.time);
  if (row.measure == "quantile") return row.level == "0.5" ? "median" : "time to " + row.level;
  if (row.measure == "count") return row.at_end ? "mean number" : "mean number by " + time_text(row.time);
  if (row.measure == "time_in") return row.at_end ? "mean time" : "mean time by " + time_text(row.time);
  if (row.kind == "cost" || row.kind == "qalys" || row.kind == "life_years" || row.kind == "cost_effectiveness") {
    const std::string discounted = row.measure.starts_with("discounted") ? "discounted" : "undiscounted";
    return joined({worth_part(row), discounted, row.at_end ? "" : "by " + time_text(row.time)});
  }
  return row.at_end ? "" : time_text(row.time);
}

std::string unit_part(const Row& row) {
  const std::string_view unit = shown(row).unit;
  return row.quantity == Quantity::proportion || unit.empty() ? "" : " [" + std::string(unit) + "]";
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string mark_of(const Rows& rows) {
  std::string mark;
  if (rows.front()->extrapolated) mark += "*";
  if (std::any_of(rows.begin(), rows.end(), [](const Row* r) { return r->too_short > 0; })) mark += "†";
  return mark;
}

std::string heading(const Row& row) {
  std::string text = row.label;
  if (row.method == Method::kaplan_meier) text += " (Kaplan-Meier)";
  if (row.method == Method::aalen_johansen) text += " (Aalen-Johansen)";
  return text;
}

}  // namespace sojourn::outcomes
