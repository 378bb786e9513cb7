#include "outcomes/exact_times.hpp"

#include <algorithm>

#include "outcomes/to_event.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::size_t unsorted_room = 65536;  // times

void sort_once_each(std::vector<double>& times) {
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
}

}  // namespace

TimesSeen::TimesSeen(const Plan& plan)
    : compiled_(plan.compiled()), lives_(*compiled_), times_(compiled_->items.size()), sorted_(times_.size(), 0) {}

void TimesSeen::update(const history::Block& block) {
  lives_.open(block);
  for (std::size_t i = 0; i < times_.size(); ++i) {
    const Item& item = compiled_->items[i];
    if (item.grid.bins() == 0) continue;
    for (const std::uint32_t l : lives_.counted(item.frame).lives) {
      const std::optional<CurveEnd> end = curve_end(item, lives_.answers(), l);
      if (end && (item.curve || end->kind == CurveEnd::Kind::event)) times_[i].push_back(end->time - end->origin);
    }
    if (times_[i].size() < 2 * sorted_[i] + unsorted_room) continue;
    sort_once_each(times_[i]);
    sorted_[i] = times_[i].size();
  }
}

ExactTimes TimesSeen::take() {
  for (std::vector<double>& times : times_) sort_once_each(times);
  return std::move(times_);
}

}  // namespace sojourn::outcomes
