#include "outcomes/grid.hpp"

#include <algorithm>
#include <limits>

namespace sojourn::outcomes {

Grid::Grid(std::vector<double> times, double per_year) : per_year_(per_year), edges_(std::move(times)) {
  edges_.push_back(0);
  const double last = *std::max_element(edges_.begin(), edges_.end());
  for (double step = 1; step / per_year_ < last; ++step) edges_.push_back(step / per_year_);
  std::sort(edges_.begin(), edges_.end());
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
  std::uint32_t bin = 0;
  for (double step = 0; bin < edges_.size(); ++step) {
    first_.push_back(bin);
    while (bin < edges_.size() && edges_[bin] < (step + 1) / per_year_) ++bin;
  }
  begins_ = edges_;
  begins_.insert(begins_.begin(), -std::numeric_limits<double>::infinity());
  begins_.push_back(std::numeric_limits<double>::infinity());
}

Grid::Grid(std::vector<double> times, std::span<const double> seen) : exact_(true), asked_(std::move(times)) {
  edges_.assign(seen.begin(), seen.end());
  edges_.insert(edges_.end(), asked_.begin(), asked_.end());
  edges_.push_back(0);
  std::sort(edges_.begin(), edges_.end());
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
}

double Grid::since(double origin, double time) const {
  for (const double one : asked_) {
    if (origin + one == time) return one;
  }
  return time - origin;
}

std::size_t Grid::reached(double origin, double time) const {
  std::size_t b = bin(origin, time);
  if (exact_) return b + (b < bins() && edges_[b] == since(origin, time) ? 1 : 0);
  while (origin + begins_[b + 1] <= time) ++b;
  return b;
}

std::uint64_t Grid::lag(std::size_t bin, double origin, double time) const {
  if (exact_) return 0;
  const double steps = (edges_[bin] - (time - origin)) * per_year_;
  return static_cast<std::uint64_t>(std::clamp(steps, 0.0, 1.0) * lags_per_step + 0.5);
}

std::size_t Grid::bin_ending(double time) const {
  return static_cast<std::size_t>(std::lower_bound(edges_.begin(), edges_.end(), time) - edges_.begin());
}

}  // namespace sojourn::outcomes
