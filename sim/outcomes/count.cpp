// count: how often states are entered or events happen, on average, between the origin and `until` after it (without
// `until`: the horizon). Being in a state at the origin counts as an entry, as everywhere.
#include <algorithm>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.target.empty(), "count_of", "nothing to count: name states or events");
  refuse(outcome, outcome.until && (!(*outcome.until > 0) || *outcome.until > model.horizon), "until",
         "after the horizon");
  Cell cell;
  cell.measure = "count";
  cell.quantity = Quantity::mean;
  cell.time = outcome.until.value_or(model.horizon);
  return {cell};
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

void look(const Item& item, const LifeView& view, std::span<std::int64_t> values) {
  const Origin& origin = view.origin;
  const double stop = item.outcome.until ? origin.time + *item.outcome.until : item.horizon;
  if (stop > item.horizon) {
    values[0] = no_number;
    return;
  }
  std::int64_t n = 0;
  if (view.life.may_have_states(item.watch.state_bits())) n += entries(item, origin, stop, view.life.rows());
  if (view.life.may_have_events(item.watch.event_bits())) n += events(item, origin, stop, view.life.rows());
  values[0] = n;
}

}  // namespace

const Kind count_kind = {model::OutcomeKind::count, "count", cells, nullptr, look};

}  // namespace sojourn::outcomes
