// time_in: the mean time spent in some states between the origin and `until` after it (without `until`: the horizon).
// Both ends of every stay are rounded to the unit once, so that the times in all states add up to `until` exactly.
#include <algorithm>

#include "outcomes/window.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.target.empty(), "time_in", "no states");
  refuse(outcome, !outcome.target.events.empty(), "time_in", "an event has no duration; name states");
  check_window(model, outcome);
  return {window_cell(model, outcome, "time_in")};
}

void prepare(const Setup& setup, Item& item) {
  item.watch = Watch(setup.model, item.outcome.target);
  measure_in_years(item, item.outcome.until.value_or(setup.model.horizon));
}

std::int64_t time_in(const Item& item, const Lives::Stays& stays, double origin, double end) {
  const double *const start = stays.rows->start.data(), *const stop = stays.rows->stop.data();
  std::int64_t total = 0;
  for (std::size_t i = stays.first; i < stays.end && start[i] < end; ++i) {
    if (!item.watch.state(stays.rows->state[i])) continue;
    const double from = std::max(start[i], origin), to = std::min(stop[i], end);
    if (to > from) total += item.fixed_point(to) - item.fixed_point(from);
  }
  return total;
}

void look(const Item& item, Lives& lives, const Answers& answers, const Counted& counted, Records& records) {
  std::int64_t* const values = records.values.front().data();
  for (const std::uint32_t l : counted.lives) {
    const double origin = answers.origin(item.origin, l), end = window_end(item.outcome.until, origin, item.horizon);
    values[l] = end == never                           ? no_number
                : lives.table.may_enter(item.watch, l) ? time_in(item, lives.stays(l), origin, end)
                                                       : 0;
  }
}

}  // namespace

const Kind time_in_kind = {model::OutcomeKind::time_in, "time_in", cells, prepare, nullptr, look};

}  // namespace sojourn::outcomes
