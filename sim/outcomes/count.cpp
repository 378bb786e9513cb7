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

std::int64_t count(const Item& item, Life& life, double stop) {
  const Origin origin = life.origin(item.outcome.origin).value();
  return entries(item, origin, stop, life.rows()) + events(item, origin, stop, life.rows());
}

void look(const Item& item, Lives& lives, const Answers& answers, const Counted& counted, Records& records) {
  std::int64_t* const values = records.values.front().data();
  for (const std::uint32_t l : counted.lives) {
    const double end = window_end(item.outcome.until, answers.origin(item.origin, l), item.horizon);
    const bool some = lives.table.may_enter(item.watch, l) || lives.table.may_have_events(item.watch, l);
    values[l] = end == never ? no_number : some ? count(item, lives.open(l), end) : 0;
  }
}

}  // namespace

const Kind count_kind = {model::OutcomeKind::count, "count", cells, prepare, nullptr, look};

}  // namespace sojourn::outcomes
