// time_in: the mean time spent in some states between the origin and `until` after it (without `until`: the horizon).
// Both ends of every stay are rounded to the unit once, so that the times in all states add up to `until` exactly.
#include <algorithm>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.target.empty(), "time_in", "no states");
  refuse(outcome, !outcome.target.events.empty(), "time_in", "an event has no duration; name states");
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until > 0) || *outcome.until > model.horizon), "until",
         "after the horizon");
  return {{"time_in", Quantity::time, outcome.until.value_or(model.horizon), "", {}, false}};
}

bool observe(const Item& item, const Conditions&, const Origin& origin, Life& life, Contribution& out) {
  const double stop = item.outcome.until ? origin.time + *item.outcome.until : life.horizon();
  if (stop > life.horizon()) {
    out.marks[0] = Mark::too_short;
    return true;
  }
  const history::PatientHistory& rows = life.rows();
  std::int64_t total = 0;
  for (std::size_t i = origin.sojourn; i < rows.state.size() && rows.start[i] < stop; ++i) {
    if (!item.target.state(rows.state[i])) continue;
    const double from = std::max(rows.start[i], origin.time), to = std::min(rows.stop[i], stop);
    if (to > from) total += item.fixed_point(to) - item.fixed_point(from);
  }
  out.marks[0] = Mark::yes;
  out.values[0] = total;
  return true;
}

}  // namespace

const Kind time_in_kind = {model::OutcomeKind::time_in, "time_in", cells, observe};

}  // namespace sojourn::outcomes
