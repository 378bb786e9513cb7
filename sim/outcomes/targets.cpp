#include "outcomes/targets.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

bool at_its_time(const Item& item, const Cell& cell, const model::Target& target) {
  if (cell.quantile > 0) return false;
  if (item.outcome.at.empty()) return target.at == 0 || target.at == cell.time;
  if (cell.quantity == Quantity::proportion) return target.at == cell.time;
  const auto& at = item.outcome.at;  // the restricted mean, unless a proportion is asked for at the same time
  return target.at == cell.time && std::find(at.begin(), at.end(), cell.time) == at.end();
}

bool is_about(const Item& item, const Cell& cell, const GroupLevel& group, const model::Target& target) {
  return at_its_time(item, cell, target) && target.level == (cell.level.empty() ? group.label : cell.level);
}

}  // namespace

const model::Target* target_of(const Item& item, const Cell& cell, const GroupLevel& group) {
  for (const model::Target& target : item.outcome.targets) {
    if (is_about(item, cell, group, target)) return &target;
  }
  return nullptr;
}

void check_targets(const Item& item) {
  for (const model::Target& target : item.outcome.targets) {
    bool found = false;
    for (const GroupLevel& group : item.groups) {
      for (const Cell& cell : item.cells) found = found || is_about(item, cell, group, target);
    }
    refuse(item.outcome, !found, "targets",
           "a target at none of the outcome's times, groups or levels (a grouped outcome's target names its group)");
  }
}

}  // namespace sojourn::outcomes
