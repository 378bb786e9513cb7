#include "export/state_counts.hpp"

#include <algorithm>

namespace sojourn::exports {

StateCounts::StateCounts(std::size_t groups, std::size_t states, double horizon, Step step)
    : states_(states), step_(years_from(step.count, step.unit)), patients_(groups) {
  for (std::size_t i = 0;; ++i) {
    const double time = years_from(static_cast<double>(i) * step.count, step.unit);
    if (time > horizon) break;
    times_.push_back(time);
  }
  steps_.resize(groups * states * (times_.size() + 1));
}

std::size_t StateCounts::first_at_or_after(double time) const {
  auto i = static_cast<std::size_t>(std::min(time / step_, static_cast<double>(times_.size())));
  while (i > 0 && times_[i - 1] >= time) --i;  // the quotient is rounded
  while (i < times_.size() && times_[i] < time) ++i;
  return i;
}

void StateCounts::add(const history::PatientHistory& life, std::size_t group) {
  ++patients_[group];
  for (std::size_t i = 0; i < life.state.size(); ++i) {
    const bool last = i + 1 == life.state.size();
    std::int64_t* steps =
        steps_.data() + (group * states_ + static_cast<std::size_t>(life.state[i])) * (times_.size() + 1);
    ++steps[first_at_or_after(life.start[i])];
    --steps[last ? times_.size() : first_at_or_after(life.stop[i])];
  }
}

std::vector<std::int64_t> StateCounts::counts(std::size_t group, std::size_t state) const {
  std::vector<std::int64_t> counts(times_.size());
  const std::int64_t* steps = steps_.data() + (group * states_ + state) * (times_.size() + 1);
  std::int64_t now = 0;
  for (std::size_t i = 0; i < times_.size(); ++i) counts[i] = now += steps[i];
  return counts;
}

}  // namespace sojourn::exports
