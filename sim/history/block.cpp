#include "history/block.hpp"

namespace sojourn::history {

namespace {

struct Range {
  std::size_t first, count;
};

Range rows(const std::vector<std::uint32_t>& end, std::size_t p) {
  const std::size_t first = p == 0 ? 0 : end[p - 1];
  return {first, end[p] - first};
}

template <class T>
std::span<const T> part(const std::vector<T>& column, Range range) {
  return std::span<const T>(column).subspan(range.first, range.count);
}

}  // namespace

void Trajectories::clear() {
  sojourns.state.clear();
  sojourns.cause.clear();
  sojourns.start.clear();
  sojourns.stop.clear();
  events.event.clear();
  events.time.clear();
  changes.attribute.clear();
  changes.time.clear();
  changes.value.clear();
  sojourn_end.clear();
  event_end.clear();
  change_end.clear();
}

PatientHistory Block::patient(std::size_t strategy, std::size_t p) const {
  const Trajectories& t = strategies[strategy];
  const Range s = rows(t.sojourn_end, p);
  const Range e = rows(t.event_end, p);
  const Range c = rows(t.change_end, p);
  return {part(t.sojourns.state, s),    part(t.sojourns.cause, s), part(t.sojourns.start, s),
          part(t.sojourns.stop, s),     part(t.events.event, e),   part(t.events.time, e),
          part(t.changes.attribute, c), part(t.changes.time, c),   part(t.changes.value, c)};
}

}  // namespace sojourn::history
