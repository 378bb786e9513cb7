// Parameter uncertainty for people: beside each mean its Monte Carlo error, the sd over the parameters, and the middle
// 95% of the samples.
#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "base/words.hpp"
#include "outcomes/blocks.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

using Spreads = std::vector<Spread>;

const Spread& spread_of(const Results& results, const Row& row, const Spreads& spreads) {
  return spreads[static_cast<std::size_t>(&row - results.rows.data())];
}

// Hardly to be told from 0.
bool is_doubtful(const Spread& one) {
  return one.parameter_sd > 0 && !(one.parameter_sd > 2 * one.parameter_sd_se);
}

Entry entry(const Results& results, const Row& row, const Spreads& spreads, bool difference) {
  const Spread& one = spread_of(results, row, spreads);
  if (std::isnan(one.mean)) return {"-", ""};
  const double factor = shown(row).factor;
  const int decimals = one.sample_sd == 0 ? 1 : decimals_for(one.mean_se * factor);
  const auto text = [&](double value) {
    return difference ? signed_text(value * factor, decimals) : fixed_text(value * factor, decimals);
  };
  if (one.sample_sd == 0) return {text(one.mean), " in every sample"};
  std::string sd = "< noise";
  if (!std::isnan(one.parameter_sd))
    sd = fixed_text(one.parameter_sd * factor, decimals) + (is_doubtful(one) ? "?" : "");
  return {text(one.mean), " ± " + fixed_text(one.mean_se * factor, decimals) + ", sd " + sd + " (" + text(one.low) +
                              " to " + text(one.high) + ")"};
}

// No patient differs in any sample; the base case's table says so.
bool no_difference(const Results& results, const Block& block, const Spreads& spreads) {
  return std::ranges::all_of(block, [&](const Rows& rows) {
    return std::ranges::all_of(rows, [&](const Row* row) {
      const Spread& one = spread_of(results, *row, spreads);
      return row->strategy == results.reference || (one.mean == 0 && one.sample_sd == 0);
    });
  });
}

std::string part(const Results& results, const std::vector<Block>& blocks, const Spreads& spreads, bool difference,
                 int width) {
  const std::string& reference = results.strategies[results.reference].name;
  TextColumns columns{difference ? "Difference to " + reference + ", %" : "Mean ± Monte Carlo error, %", {}, {}};
  const auto shown_here = [&](std::size_t s) { return !difference || s != results.reference; };
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    if (shown_here(s)) columns.headers.push_back(results.strategies[s].name);
  }
  for (const Block& block : blocks) {
    if (difference && no_difference(results, block, spreads)) continue;
    add_block(block, columns.lines, [&](const Rows& rows) {
      std::vector<Entry> entries;
      for (std::size_t s = 0; s < rows.size(); ++s) {
        if (shown_here(s)) entries.push_back(entry(results, *rows[s], spreads, difference));
      }
      return entries;
    });
  }
  return "\n" + laid_out(columns, width);
}

std::string per_cent(double share) {
  return std::isnan(share) ? "-" : fixed_text(100 * share, 1);
}

// How often each strategy has the greatest net benefit.
std::string acceptability(const Results& results, const std::vector<Block>& blocks, int width) {
  const SampleSummary& summary = results.samples;
  if (summary.acceptability.empty() || results.strategies.size() < 2) return "";
  TextColumns columns{"Greatest net benefit, % of samples", {}, {}};
  for (const StrategyName& strategy : results.strategies) columns.headers.push_back(strategy.name);
  for (const Block& block : blocks) {
    for (const Rows& rows : block) {
      const Row& first = *rows.front();
      if (!first.measure.ends_with("net_benefit")) continue;
      Line line{joined({heading(first), first.measure.starts_with("discounted") ? "discounted" : "undiscounted",
                        first.group, first.level}),
                {},
                ""};
      for (const Row* row : rows) {
        const auto r = static_cast<std::size_t>(row - results.rows.data());
        line.entries.push_back(
            {per_cent(summary.acceptability[r]), " (" + per_cent(summary.acceptability_corrected[r]) + ")"});
      }
      columns.lines.push_back(std::move(line));
    }
  }
  if (columns.lines.empty()) return "";
  return "\n" + laid_out(columns, width) +
         wrapped("(in parentheses: without the noise within the samples; -: not told from it)",
                 static_cast<std::size_t>(std::max(width, 40)));
}

bool any(const SampleSummary& summary, bool (*holds)(const Spread&)) {
  return std::ranges::any_of(summary.estimates, holds) || std::ranges::any_of(summary.differences, holds);
}

}  // namespace

std::string sample_table(const Results& results, int width) {
  const SampleSummary& summary = results.samples;
  if (summary.samples == 0) return "";
  const auto room = static_cast<std::size_t>(std::max(width, 40));
  const std::vector<Block> blocks = blocks_of(results);
  std::string text = "\nParameters uncertain: " + with_commas(summary.samples) + " samples of " +
                     with_commas(results.patients) + " patients" +
                     (summary.patients_shared ? ", the same in each sample\n" : " each\n");
  text += part(results, blocks, summary.estimates, false, width);
  if (results.strategies.size() > 1) text += part(results, blocks, summary.differences, true, width);
  text += acceptability(results, blocks, width);
  text +=
      "\n" + wrapped(summary.patients_shared
                         ? "sd: between the samples; the noise that they share is not subtracted, so it is at most that"
                         : "sd: parameter uncertainty, the spread of the samples without the noise within them",
                     room);
  text += wrapped("(a to b): 95% of the samples, noise included", room);
  if (any(summary, is_doubtful)) {
    text += wrapped("?: within two of its own errors of 0; more samples, or more patients a sample, tell more", room);
  }
  if (any(summary, [](const Spread& one) { return one.sample_sd > 0 && std::isnan(one.parameter_sd); })) {
    text += wrapped("< noise: smaller than the noise within the samples can tell; use more patients a sample", room);
  }
  const bool any_target = std::ranges::any_of(results.rows, [](const Row& r) { return !std::isnan(r.target); });
  if (any_target) {
    text += wrapped(
        "Nothing is fitted anew in a sample: samples agree with the published figures as far as the uncertainty that "
        "the parameters were given lets them",
        room);
  }
  return text;
}

}  // namespace sojourn::outcomes
