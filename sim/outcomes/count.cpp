// count: how often states are entered or events happen, on average, between the origin and `until` after it (without
// `until`: the horizon). Being in a state at the origin counts as an entry, as everywhere.
#include <limits>

#include "outcomes/window.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.target.empty(), "count_of", "nothing to count: name states or events");
  check_window(model, outcome);
  return {window_cell(model, outcome, "count")};
}

std::int64_t entries(const Item& item, const Origin& origin, double stop, const history::PatientHistory& rows) {
  std::int64_t n = 0;
  for (std::size_t i = origin.sojourn; i < rows.state.size() && rows.start[i] <= stop; ++i) {
    n += item.watch.state(rows.state[i]) ? 1 : 0;
  }
  return n;
}

std::int64_t events(const Item& item, const Origin& origin, double stop, const history::PatientHistory& rows) {
  std::int64_t n = 0;
  for (std::size_t e = 0; e < rows.event.size() && rows.event_time[e] <= stop; ++e) {
    n += rows.event_time[e] >= origin.time && item.watch.event(rows.event[e]) ? 1 : 0;
  }
  return n;
}

void prepare(const Setup& setup, Item& item) {
  item.watch = Watch(setup.model, item.outcome.target);
  measure_in(item, "1", 0, {0, std::numeric_limits<double>::infinity()});
}

void look(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  const Origin& origin = view.origin;
  const std::optional<double> end = window_end(item, origin);
  values[0] = no_number;
  if (!end) return;
  const double stop = *end;
  std::int64_t n = 0;
  if (view.life.may_have_states(item.watch.state_bits())) n += entries(item, origin, stop, view.life.rows());
  if (view.life.may_have_events(item.watch.event_bits())) n += events(item, origin, stop, view.life.rows());
  values[0] = n;
}

}  // namespace

const Kind count_kind = {model::OutcomeKind::count, "count", cells, prepare, nullptr, look};

}  // namespace sojourn::outcomes
