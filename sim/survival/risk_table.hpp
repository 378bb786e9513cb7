// One data set of times to an event, held in memory, counted at each of its times: no bins. A row is at risk at t if
// entry < t <= time (left truncation). Equal times are ties: events and censorings at one time are all at risk at it.
// Counts are integers, so that nothing depends on the order of the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace sojourn::survival {

struct Row {
  double time = 0;                                          // of the event or the censoring
  std::int32_t cause = 0;                                   // of the event, from 1; 0: censored
  std::int32_t group = 0;                                   // from 0
  std::int32_t stratum = 0;                                 // from 0
  double entry = -std::numeric_limits<double>::infinity();  // seen from then on; the default: all along
};

// At each distinct time in the rows, in order, for each group: how many are at risk, have an event of a cause, are
// censored.
class RiskTable {
 public:
  // With one group, or one cause, those of the rows are not told apart; with more, the rows have no others. There may
  // be no rows. Strata are not looked at.
  explicit RiskTable(std::span<const Row> rows, int groups = 1, int causes = 1);

  [[nodiscard]] std::size_t size() const { return times_.size(); }
  [[nodiscard]] int groups() const { return groups_; }
  [[nodiscard]] int causes() const { return causes_; }
  [[nodiscard]] double time(std::size_t k) const { return times_[k]; }
  [[nodiscard]] std::int64_t at_risk(std::size_t k, int group) const { return at_risk_[k * group_count() + at(group)]; }
  [[nodiscard]] std::int64_t events(std::size_t k, int group, int cause) const { return leaving(k, group, cause); }
  [[nodiscard]] std::int64_t events(std::size_t k, int group) const;  // of all causes
  [[nodiscard]] std::int64_t censored(std::size_t k, int group) const { return leaving(k, group, 0); }
  [[nodiscard]] std::int64_t at_risk(std::size_t k) const;  // of all groups
  [[nodiscard]] std::int64_t events(std::size_t k) const;

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  [[nodiscard]] std::size_t group_count() const { return at(groups_); }
  [[nodiscard]] std::size_t ways_out() const { return at(causes_) + 1; }
  [[nodiscard]] std::int64_t leaving(std::size_t k, int group, int way) const {
    return leaving_[(k * group_count() + at(group)) * ways_out() + at(way)];
  }
  [[nodiscard]] std::size_t group_of(const Row& row) const { return groups_ == 1 ? 0 : at(row.group); }
  void count_leaving(std::span<const Row> rows);
  void count_at_risk(std::span<const Row> rows);

  int groups_, causes_;
  std::vector<double> times_;
  std::vector<std::int32_t> at_risk_;  // by time, then group
  std::vector<std::int32_t> leaving_;  // by time, group, then cause; cause 0: censored
};

}  // namespace sojourn::survival
