// distribution: the share of patients at each level of an attribute at the end of follow-up, or at a time since the
// origin.
#include "outcomes/at_instant.hpp"
#include "outcomes/levels.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, !outcome.attribute.valid(), "distribution_of", "no attribute");
  check_instant(model, outcome);
  const std::vector<GroupLevel> levels = levels_of(model.attributes[outcome.attribute.index()]);
  refuse(outcome, levels.empty(), "distribution_of", "an attribute without levels");
  std::vector<Cell> cells;
  for (const GroupLevel& level : levels) {
    Cell cell;
    cell.measure = "distribution";
    cell.time = outcome.until.value_or(model.horizon);
    cell.level = level.label;
    cell.place = static_cast<std::int32_t>(cells.size());
    cells.push_back(cell);
  }
  return cells;
}

void prepare(const Setup& setup, Item& item) {
  Code code;
  code.constant = false;
  code.only_attribute = item.outcome.attribute.value;
  std::vector<double> levels;
  for (const GroupLevel& level : levels_of(setup.model.attributes[item.outcome.attribute.index()])) {
    levels.push_back(level.value);
  }
  prepare_at_instant(setup, std::vector<Code>(setup.parameter_sets.size(), code), std::move(levels), item);
}

}  // namespace

const Kind distribution_kind = {
    model::OutcomeKind::distribution, "distribution", cells, prepare, observe_at_instant, nullptr};

}  // namespace sojourn::outcomes
