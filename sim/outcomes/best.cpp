#include "outcomes/best.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/similar.hpp"
#include "base/words.hpp"
#include "outcomes/cell_estimate.hpp"
#include "outcomes/text.hpp"

namespace sojourn::outcomes {

namespace {

bool is_better_lower(const Item& item, const Cell& cell) {
  const model::OutcomeKind kind = item.kind->kind;
  return kind == model::OutcomeKind::incidence || kind == model::OutcomeKind::cost ||
         cell.measure.find("cost") != std::string::npos;
}

bool matches(const Cell& cell, const WantedNumber& wanted) {
  return (wanted.measure.empty() || cell.measure == wanted.measure) && (!wanted.time || cell.time == *wanted.time) &&
         (wanted.level.empty() || cell.level == wanted.level);
}

// "restricted_mean at 60 months"
std::string words(const Cell& cell) {
  std::string text = cell.measure;
  if (!cell.level.empty()) text += " of level " + cell.level;
  return text + (cell.quantile > 0 ? "" : " at " + time_text(cell.time));
}

const Item& item_of(const Compiled& plan, const WantedNumber& wanted) {
  std::vector<std::string> names;
  for (const Item& one : plan.items) {
    if (one.outcome.name == wanted.outcome) return one;
    names.push_back(one.outcome.name);
  }
  const std::string hint = did_you_mean(wanted.outcome, names);
  throw InputError("there is no outcome " + quoted(wanted.outcome) + (hint.empty() ? "" : "; " + hint));
}

}  // namespace

NumberPlace place_of(const Compiled& plan, const WantedNumber& wanted) {
  const Item& item = item_of(plan, wanted);
  const std::string name = quoted(wanted.outcome);
  if (item.curve) throw InputError(name + " is censored: of it there are no paired differences");
  if (!item.groups.front().label.empty()) throw InputError(name + " is told by groups; take one over all patients");
  std::vector<std::string> all, found;
  NumberPlace place{static_cast<std::size_t>(&item - plan.items.data()), 0, true};
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    if (cell.quantile > 0) continue;
    all.push_back(words(cell));
    if (!matches(cell, wanted)) continue;
    found.push_back(words(cell));
    place.cell = k;
    place.higher_is_better = !is_better_lower(item, cell);
  }
  if (all.empty()) throw InputError(name + " has only quantiles, of which there are no paired differences");
  if (found.empty()) throw InputError(name + " has no such number; it has: " + listed(all));
  if (found.size() > 1) {
    throw InputError("several numbers of " + name +
                     " are meant (say which by `measure`, `at` or `level`): " + listed(found));
  }
  return place;
}

std::optional<Best> best_of(const Compiled& plan, const Sums& sums, const NumberPlace& place, bool highest,
                            const Confidence& confidence) {
  const Item& item = plan.items[place.item];
  const Cell& cell = item.cells[place.cell];
  const double sign = highest ? 1 : -1;
  std::optional<Best> best;
  double most = 0;
  for (std::size_t s = 0; s < plan.strategies.size(); ++s) {
    const double value = sign * cell_estimates(item, sums, 0, s, s)[place.cell].result.estimate;
    if (std::isnan(value)) return std::nullopt;
    if (best && value <= most) continue;
    best = Best{s, {}};
    most = value;
  }
  for (std::size_t s = 0; best && s < plan.strategies.size(); ++s) {
    if (s == best->strategy) continue;
    const std::size_t first = highest ? best->strategy : s, second = highest ? s : best->strategy;
    const CellEstimate found = cell_estimates(item, sums, 0, first, second)[place.cell];
    const Difference difference = difference_of(found.sums, found.result, cell.bounds, confidence);
    best->rivals.push_back({s, difference.value, difference.interval});
  }
  return best;
}

}  // namespace sojourn::outcomes
