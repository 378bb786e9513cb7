// distribution: the share of patients at each level of an attribute at the end of follow-up, or at a time since the
// origin.
#include "outcomes/kind.hpp"
#include "outcomes/levels.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, !outcome.attribute.valid(), "distribution_of", "no attribute");
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until >= 0) || *outcome.until > model.horizon), "by",
         "after the horizon");
  const std::vector<GroupLevel> levels = levels_of(model.attributes[outcome.attribute.index()]);
  refuse(outcome, levels.empty(), "distribution_of", "an attribute without levels");
  std::vector<Cell> cells;
  for (const GroupLevel& level : levels) {
    cells.push_back(
        {"distribution", Quantity::proportion, outcome.until.value_or(model.horizon), level.label, {}, false});
  }
  return cells;
}

bool observe(const Item& item, const Conditions&, const Origin& origin, Life& life, Contribution& out) {
  const double time = item.outcome.until ? origin.time + *item.outcome.until : life.horizon();
  const bool too_short = time > life.horizon();
  const double value = too_short ? 0 : life.attribute(item.outcome.attribute, time);
  if (!item.outcome.until && !out.changes_late && life.observed_until() < time) {
    out.changes_late = value != life.attribute(item.outcome.attribute, life.observed_until());
  }
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    out.marks[k] = too_short ? Mark::too_short : item.level_values[k] == value ? Mark::yes : Mark::no;
  }
  return true;
}

}  // namespace

const Kind distribution_kind = {model::OutcomeKind::distribution, "distribution", cells, observe};

}  // namespace sojourn::outcomes
