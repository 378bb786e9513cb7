// share: the share of patients for whom a condition holds at the end of follow-up, or at a time since the origin.
#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, !outcome.share, "share", "no condition");
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until >= 0) || *outcome.until > model.horizon), "by",
         "after the horizon");
  return {{"share", Quantity::proportion, outcome.until.value_or(model.horizon), "", {}, false}};
}

bool observe(const Item& item, const Conditions& conditions, const Origin& origin, Life& life, Contribution& out) {
  const double time = item.outcome.until ? origin.time + *item.outcome.until : life.horizon();
  if (time > life.horizon()) {
    out.marks[0] = Mark::too_short;
  } else {
    const bool holds = life.holds(conditions.share, time);
    out.marks[0] = holds ? Mark::yes : Mark::no;
    if (!item.outcome.until && !out.changes_late && life.observed_until() < time) {
      out.changes_late = holds != life.holds(conditions.share, life.observed_until());
    }
  }
  return true;
}

}  // namespace

const Kind share_kind = {model::OutcomeKind::share, "share", cells, observe};

}  // namespace sojourn::outcomes
