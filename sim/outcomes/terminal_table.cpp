// The table for people: estimates, paired differences, targets, footnotes.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/number_text.hpp"
#include "base/units.hpp"
#include "outcomes/columns.hpp"
#include "outcomes/results.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

using Rows = std::vector<const Row*>;  // one a strategy: the same number under each

// What numbers are multiplied by to be shown: per cent, months, years.
struct Shown {
  double factor;
  std::string_view unit;
};

Shown shown(const Row& row) {
  if (row.quantity == Quantity::proportion) return {100, "%"};
  if (row.time <= 5) return {12, "months"};
  return {1, "years"};
}

// ---- entries ----
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

std::string factor_text(double factor) {
  if (factor >= 9999.5) return ">9999";
  return fixed_text(factor, factor < 9.95 ? 1 : 0);
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

// ---- labels ----
std::string time_part(const Row& row) {
  if (row.measure == "restricted_mean") return "RMST to " + time_text(row.time);
  if (row.measure == "time_lost") return "mean time lost by " + time_text(row.time);
  if (row.measure == "time_in") return row.at_end ? "mean time" : "mean time by " + time_text(row.time);
  return row.at_end ? "" : time_text(row.time);
}

// Per cent is said once, in the title.
std::string unit_part(const Row& row) {
  return row.quantity == Quantity::proportion ? "" : " [" + std::string(shown(row).unit) + "]";
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

// ---- the blocks ----
// An outcome's numbers, each under every strategy.
using Block = std::vector<Rows>;

std::vector<Block> blocks_of(const Results& results) {
  std::vector<Block> blocks;
  const std::size_t strategies = results.strategies.size();
  for (std::size_t r = 0; r + strategies <= results.rows.size(); r += strategies) {
    if (r == 0 || results.rows[r].outcome != results.rows[r - 1].outcome) blocks.emplace_back();
    Rows rows;
    for (std::size_t s = 0; s < strategies; ++s) rows.push_back(&results.rows[r + s]);
    blocks.back().push_back(std::move(rows));
  }
  return blocks;
}

// One line if there is one number; else a heading and a line for each. What all have in common goes to the heading.
template <class Entries>
void add_block(const Block& block, std::vector<Line>& lines, Entries entries) {
  const Row& first = *block.front().front();
  if (block.size() == 1) {
    lines.push_back({joined({heading(first), time_part(first), first.group, first.level}) + unit_part(first),
                     entries(block.front()), mark_of(block.front())});
    return;
  }
  const auto same = [&](auto part) {
    return std::all_of(block.begin(), block.end(), [&](const Rows& r) { return part(*r.front()) == part(first); });
  };
  const bool same_time = same(time_part), same_unit = same(unit_part);
  lines.push_back(
      {joined({heading(first), same_time ? time_part(first) : ""}) + (same_unit ? unit_part(first) : ""), {}, ""});
  for (const Rows& rows : block) {
    const Row& row = *rows.front();
    lines.push_back(
        {"  " + joined({same_time ? "" : time_part(row), row.group, row.level}) + (same_unit ? "" : unit_part(row)),
         entries(rows), mark_of(rows)});
  }
}

std::string estimates(const Results& results, const std::vector<Block>& blocks, int width) {
  TextColumns columns{"Estimate ± Monte Carlo error, %", {}, {}};
  for (const StrategyName& strategy : results.strategies) columns.headers.push_back(strategy.name);
  for (const Block& block : blocks) {
    add_block(block, columns.lines, [](const Rows& rows) {
      std::vector<Entry> entries;
      for (const Row* row : rows) entries.push_back(estimate_entry(*row, rows));
      return entries;
    });
  }
  return laid_out(columns, width);
}

bool no_difference(const Block& block, std::size_t reference) {
  for (const Rows& rows : block) {
    for (std::size_t s = 0; s < rows.size(); ++s) {
      const Row& row = *rows[s];
      const bool zero = row.difference_note.starts_with("identical");
      if (s != reference && !zero && row.n + rows[reference]->n > 0) return false;
    }
  }
  return true;
}

std::string wrapped(const std::string& first, const std::vector<std::string>& items, int width) {
  std::string text, line = first;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + (i + 1 < items.size() ? ";" : "");
    if (display_width(line) + 1 + display_width(item) > static_cast<std::size_t>(std::max(width, 40))) {
      text += line + "\n";
      line = " ";
    }
    line += " " + item;
  }
  return text + line + "\n";
}

std::string differences(const Results& results, const std::vector<Block>& blocks, int width) {
  if (results.strategies.size() < 2) return "";
  TextColumns columns{"Difference to " + results.strategies[results.reference].name + ", %", {}, {}};
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    if (s != results.reference) columns.headers.push_back(results.strategies[s].name);
  }
  std::vector<std::string> identical;
  for (const Block& block : blocks) {
    if (no_difference(block, results.reference)) {
      identical.push_back(block.front().front()->label);
      continue;
    }
    add_block(block, columns.lines, [&results](const Rows& rows) {
      std::vector<Entry> entries;
      for (std::size_t s = 0; s < rows.size(); ++s) {
        if (s != results.reference) entries.push_back(difference_entry(*rows[s], rows));
      }
      return entries;
    });
  }
  std::string text;
  if (!columns.lines.empty()) text += "\n" + laid_out(columns, width);
  if (!identical.empty())
    text += "\n" + wrapped("No patient differs from the reference (difference 0):", identical, width);
  return text;
}

std::string targets(const Results& results, const std::vector<Block>& blocks, int width) {
  TextColumns columns{"Published figures, %", {"figure ± error"}, {}};
  for (const StrategyName& strategy : results.strategies) columns.headers.push_back(strategy.name);
  for (const Block& block : blocks) {
    Block with_target;
    for (const Rows& rows : block) {
      if (!std::isnan(rows.front()->target)) with_target.push_back(rows);
    }
    if (with_target.empty()) continue;
    add_block(with_target, columns.lines, [](const Rows& rows) {
      const Row& row = *rows.front();
      const double factor = shown(row).factor;
      const int decimals = std::max(1, decimals_for(row.target_se * factor));
      std::vector<Entry> entries = {{fixed_text(row.target * factor, decimals), ""}};
      if (row.target_se > 0) entries[0].right = " ± " + fixed_text(row.target_se * factor, decimals);
      for (const Row* r : rows) entries.push_back(deviation_entry(*r));
      return entries;
    });
  }
  if (columns.lines.empty()) return "";
  return "\n" + laid_out(columns, width);
}

std::string footnotes(const Results& results, bool any_target) {
  const auto any = [&results](auto condition) {
    return std::any_of(results.rows.begin(), results.rows.end(), condition);
  };
  std::vector<std::string> notes;
  if (any([](const Row& r) { return r.extrapolated; })) {
    notes.push_back("* beyond " + time_text(results.observed_until) + ", where observation ends: extrapolation");
  }
  std::int64_t most = 0, of = 0;
  for (const Row& row : results.rows) {
    if (row.too_short <= most) continue;
    most = row.too_short;
    of = row.too_short + row.n;
  }
  if (most > 0) {
    notes.push_back("† without patients followed for less than that after the origin (at most " + grouped_digits(most) +
                    " of " + grouped_digits(of) + ")");
  }
  if (any([](const Row& r) { return r.measure == "restricted_mean"; })) {
    notes.push_back("RMST: restricted mean survival time, the mean of the shorter of T and the time named");
  }
  if (any([](const Row& r) { return std::isnan(r.se) && !std::isnan(r.lower); })) {
    notes.push_back("(<x), (>x): all patients alike, 95% bound");
  }
  if (any([](const Row& r) { return !std::isnan(r.variance_reduction); })) {
    notes.push_back("×k: sharing the patients cut the variance of the difference by k");
  }
  if (any_target) notes.push_back("Published figures: (estimate - figure) / the figure's standard error");
  std::string text;
  for (const std::string& note : notes) text += note + "\n";
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string terminal_table(const Results& results, int width) {
  std::string text = grouped_digits(results.patients) + (results.patients == 1 ? " patient" : " patients");
  text += results.strategies.size() > 1 ? ", the same under each strategy\n" : "\n";
  const std::vector<Block> blocks = blocks_of(results);
  if (blocks.empty()) return text + "The model declares no outcomes.\n";
  const std::string compared = targets(results, blocks, width);
  text += "\n" + estimates(results, blocks, width);
  text += differences(results, blocks, width);
  return text + compared + footnotes(results, !compared.empty());
}

}  // namespace sojourn::outcomes
