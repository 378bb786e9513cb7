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

RowCounts Trajectories::rows() const {
  return {sojourns.state.size(), events.event.size(), changes.attribute.size()};
}

void Trajectories::append(const Trajectories& other, const RowCounts& from, const RowCounts& to) {
  const auto add = [](auto& mine, const auto& theirs, std::size_t first, std::size_t last) {
    mine.insert(mine.end(), theirs.data() + first, theirs.data() + last);
  };
  add(sojourns.state, other.sojourns.state, from.sojourns, to.sojourns);
  add(sojourns.cause, other.sojourns.cause, from.sojourns, to.sojourns);
  add(sojourns.start, other.sojourns.start, from.sojourns, to.sojourns);
  add(sojourns.stop, other.sojourns.stop, from.sojourns, to.sojourns);
  add(events.event, other.events.event, from.events, to.events);
  add(events.time, other.events.time, from.events, to.events);
  add(changes.attribute, other.changes.attribute, from.changes, to.changes);
  add(changes.time, other.changes.time, from.changes, to.changes);
  add(changes.value, other.changes.value, from.changes, to.changes);
}

void Trajectories::end_patient() {
  const RowCounts all = rows();
  sojourn_end.push_back(static_cast<std::uint32_t>(all.sojourns));
  event_end.push_back(static_cast<std::uint32_t>(all.events));
  change_end.push_back(static_cast<std::uint32_t>(all.changes));
}

void Trajectories::resize(const RowCounts& rows) {
  sojourns.state.resize(rows.sojourns);
  sojourns.cause.resize(rows.sojourns);
  sojourns.start.resize(rows.sojourns);
  sojourns.stop.resize(rows.sojourns);
  events.event.resize(rows.events);
  events.time.resize(rows.events);
  changes.attribute.resize(rows.changes);
  changes.time.resize(rows.changes);
  changes.value.resize(rows.changes);
}

void Trajectories::round_times() {
  for (auto* const times : {&sojourns.start, &sojourns.stop, &events.time, &changes.time}) {
    for (double& time : *times) time = static_cast<double>(static_cast<float>(time));
  }
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
