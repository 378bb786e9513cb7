// The table for people: estimates, paired differences, targets, footnotes.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/number_text.hpp"
#include "base/words.hpp"
#include "outcomes/blocks.hpp"
#include "outcomes/columns.hpp"
#include "outcomes/cost_effectiveness_text.hpp"
#include "outcomes/entries.hpp"
#include "outcomes/results.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

std::size_t room_of(int width) {
  return static_cast<std::size_t>(std::max(width, 40));
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
  bool any = false;
  for (const Rows& rows : block) {
    for (std::size_t s = 0; s < rows.size(); ++s) {
      const Row& row = *rows[s];
      const bool zero = row.difference_note.starts_with("identical");
      if (s != reference && !zero && row.n + rows[reference]->n > 0) return false;
      any = any || zero;
    }
  }
  return any;
}

std::string differences(const Results& results, const std::vector<Block>& blocks, int width) {
  if (results.strategies.size() < 2) return "";
  TextColumns columns{"Difference to " + results.strategies[results.reference].name + ", %", {}, {}};
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    if (s != results.reference) columns.headers.push_back(results.strategies[s].name);
  }
  std::string identical;
  for (const Block& block : blocks) {
    if (no_difference(block, results.reference)) {
      identical += (identical.empty() ? " " : "; ") + block.front().front()->label;
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
  if (!identical.empty()) {
    text += "\n" + wrapped("No patient differs from the reference (difference 0):" + identical, room_of(width));
  }
  return text;
}

std::string targets(const Results& results, const std::vector<Block>& blocks, int width) {
  TextColumns columns{"Published figures", {"figure ± error, %"}, {}};
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

std::string footnotes(const Results& results, bool any_target, int width) {
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
    notes.push_back("† without patients followed for less than that after the origin (at most " + with_commas(most) +
                    " of " + with_commas(of) + ")");
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
  for (const std::string& note : notes) text += wrapped(note, room_of(width));
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string terminal_table(const Results& results, int width) {
  const bool sampled = results.samples.samples > 0;
  std::string text = (sampled ? "Base case, the parameters as they stand: " : "") + with_commas(results.patients) +
                     (results.patients == 1 ? " patient" : " patients");
  text += results.strategies.size() > 1 ? ", the same under each strategy\n" : "\n";
  std::vector<Block> blocks = blocks_of(results);
  if (blocks.empty()) return text + "The model declares no outcomes.\n";
  std::erase_if(blocks, [](const Block& block) { return block.front().front()->kind == "cost_effectiveness"; });
  const std::string compared = targets(results, blocks, width);
  if (!blocks.empty()) text += "\n" + estimates(results, blocks, width);
  text += differences(results, blocks, width) + cost_effectiveness_text(results, width);
  text += compared + footnotes(results, !compared.empty(), width);
  return text + sample_table(results, width);
}

}  // namespace sojourn::outcomes
