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

void look(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  const Origin& origin = view.origin;
  const std::optional<double> end = window_end(item, origin);
  values[0] = no_number;
  if (!end) return;
  const double stop = *end;
  const history::PatientHistory& rows = view.life.rows();
  std::int64_t total = 0;
  for (std::size_t i = origin.sojourn; i < rows.state.size() && rows.start[i] < stop; ++i) {
    if (!item.watch.state(rows.state[i])) continue;
    const double from = std::max(rows.start[i], origin.time), to = std::min(rows.stop[i], stop);
    if (to > from) total += item.fixed_point(to) - item.fixed_point(from);
  }
  values[0] = total;
}

}  // namespace

const Kind time_in_kind = {model::OutcomeKind::time_in, "time_in", cells, prepare, nullptr, look};

}  // namespace sojourn::outcomes
