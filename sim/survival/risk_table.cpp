#include "survival/risk_table.hpp"

#include <algorithm>

namespace sojourn::survival {

RiskTable::RiskTable(std::span<const Row> rows, int groups, int causes) : groups_(groups), causes_(causes) {
  times_.reserve(rows.size());
  for (const Row& row : rows) times_.push_back(row.time);
  std::sort(times_.begin(), times_.end());
  times_.erase(std::unique(times_.begin(), times_.end()), times_.end());
  at_risk_.assign(times_.size() * group_count(), 0);
  leaving_.assign(times_.size() * group_count() * ways_out(), 0);
  count_leaving(rows);
  count_at_risk(rows);
}

void RiskTable::count_leaving(std::span<const Row> rows) {
  for (const Row& row : rows) {
    const auto k = static_cast<std::size_t>(std::lower_bound(times_.begin(), times_.end(), row.time) - times_.begin());
    ++leaving_[(k * group_count() + group_of(row)) * ways_out() + at(std::min(row.cause, causes_))];
  }
}

// Those who have come less those who have gone before.
void RiskTable::count_at_risk(std::span<const Row> rows) {
  for (const Row& row : rows) {  // from the first time after the entry on
    const auto k = static_cast<std::size_t>(std::upper_bound(times_.begin(), times_.end(), row.entry) - times_.begin());
    if (k < times_.size()) ++at_risk_[k * group_count() + group_of(row)];
  }
  for (std::size_t k = 1; k < times_.size(); ++k) {
    for (int g = 0; g < groups_; ++g) {
      const std::int64_t gone = events(k - 1, g) + censored(k - 1, g);
      const std::size_t here = k * group_count() + at(g);
      at_risk_[here] += at_risk_[here - group_count()] - static_cast<std::int32_t>(gone);
    }
  }
}

std::int64_t RiskTable::events(std::size_t k, int group) const {
  std::int64_t sum = 0;
  for (int cause = 1; cause <= causes_; ++cause) sum += leaving(k, group, cause);
  return sum;
}

std::int64_t RiskTable::at_risk(std::size_t k) const {
  std::int64_t sum = 0;
  for (int g = 0; g < groups_; ++g) sum += at_risk(k, g);
  return sum;
}

std::int64_t RiskTable::events(std::size_t k) const {
  std::int64_t sum = 0;
  for (int g = 0; g < groups_; ++g) sum += events(k, g);
  return sum;
}

}  // namespace sojourn::survival
