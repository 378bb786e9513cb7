// The bins of a curve: the times asked for, and between them equal steps (every quarter of a day, 1/1461 year, unless
// said otherwise), so that memory does not grow with the number of patients. Bin 0 is the origin itself; bin b is
// (edges[b-1], edges[b]].
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::outcomes {

inline constexpr double steps_per_year = 1461;  // quarter days
inline constexpr double lags_per_step = 65536;  // resolution of the mean event time within a bin: 0.33 s

class Grid {
 public:
  Grid() = default;
  // `times` [years] must be edges; the last bin ends at the largest.
  explicit Grid(std::vector<double> times, double per_year = steps_per_year);
  // Exactly the times since the origin at which something happens (`seen`), and those asked for: nothing is hidden in
  // a bin, and memory grows with the times.
  Grid(std::vector<double> times, std::span<const double> seen);

  [[nodiscard]] const std::vector<double>& edges() const { return edges_; }
  [[nodiscard]] std::size_t bins() const { return edges_.size(); }
  [[nodiscard]] bool exact() const { return exact_; }
  // The bin of a time at or after the origin; bins() if it is past the last edge.
  [[nodiscard]] std::size_t bin(double origin, double time) const {
    return exact_ ? bin_ending(since(origin, time)) : bin_near((time - origin) * per_year_, origin, time);
  }
  // How many edges are at or before `time` when counted from the origin.
  [[nodiscard]] std::size_t reached(double origin, double time) const;
  // How far before the end of its bin [steps / lags_per_step].
  [[nodiscard]] std::uint64_t lag(std::size_t bin, double origin, double time) const;
  // The bin that ends at `time`, one of the times asked for.
  [[nodiscard]] std::size_t bin_ending(double time) const;

 private:
  // From the first bin of its whole steps on: mostly the next one.
  [[nodiscard]] std::size_t bin_near(double steps, double origin, double time) const {
    const std::size_t last = first_.size() - 1;  // (by way of a signed number: one instruction)
    std::size_t b =
        first_[steps < static_cast<double>(last) ? static_cast<std::size_t>(static_cast<std::int64_t>(steps)) : last];
    while (origin + begins_[b] >= time) --b;
    while (origin + begins_[b + 1] < time) ++b;
    return b;
  }
  // Time since the origin; of what happens exactly at one of the times asked for, that time.
  [[nodiscard]] double since(double origin, double time) const;

  double per_year_ = steps_per_year;
  bool exact_ = false;
  std::vector<double> asked_;  // of an exact one
  std::vector<double> edges_;
  std::vector<double> begins_;        // of bins: -infinity, the edges, infinity
  std::vector<std::uint32_t> first_;  // by whole steps: the first bin that ends at or after them
};

}  // namespace sojourn::outcomes
