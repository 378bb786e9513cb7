#include "outcomes/stay_times.hpp"

#include <algorithm>

#include "outcomes/queries.hpp"
#include "outcomes/window.hpp"

namespace sojourn::outcomes {

std::vector<std::uint32_t> StayTimesQuery::columns_of(const Watch& watch) {
  std::vector<std::uint32_t> found;
  for (std::size_t s = 0; s < column.size(); ++s) {
    if (!watch.state(static_cast<std::int16_t>(s))) continue;
    if (column[s] == 0) column[s] = columns++;
    found.push_back(column[s]);
  }
  return found;
}

void StayTimes::fill(const StayTimesQuery& query, const Lives& lives, const std::vector<double>& origins) {
  lives_ = lives.count();
  times_.assign(query.columns * lives_, 0);
  followed_.resize(lives_);
  const double scale = query.scale, horizon = lives.life.horizon();
  const auto units = [scale](double time) { return in_units(time, scale); };
  for (std::size_t l = 0; l < lives_; ++l) {
    const double origin = origins[l], end = window_end(query.until, origin, horizon);
    followed_[l] = end == never ? 0 : 1;
    if (end == never) continue;
    const Lives::Stays stays = lives.stays(l);
    const double *const start = stays.rows->start.data(), *const stop = stays.rows->stop.data();
    const std::int16_t* const state = stays.rows->state.data();
    for (std::size_t i = stays.first; i < stays.end && start[i] < end; ++i) {
      const double from = std::max(start[i], origin), to = std::min(stop[i], end);
      const std::int64_t time = to > from ? units(to) - units(from) : 0;
      times_[query.column[static_cast<std::size_t>(state[i])] * lives_ + l] += time;
    }
  }
}

}  // namespace sojourn::outcomes
