#include "trial/sample.hpp"

#include <algorithm>
#include <limits>

namespace sojourn::trial {

std::int64_t Sample::replicates(const std::vector<std::int64_t>& sizes) const {
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  for (std::size_t a = 0; a < arms_.size(); ++a) {
    most = std::min(most, static_cast<std::int64_t>(arms_[a].size()) / sizes[a]);
  }
  return most;
}

Arms Sample::replicate(const std::vector<std::int64_t>& sizes, std::int64_t number) const {
  Arms parts;
  for (std::size_t a = 0; a < arms_.size(); ++a) {
    parts.push_back(
        std::span(arms_[a]).subspan(static_cast<std::size_t>(number * sizes[a]), static_cast<std::size_t>(sizes[a])));
  }
  return parts;
}

Arms Sample::first(const std::vector<std::int64_t>& sizes, std::int64_t replicates) const {
  Arms parts;
  for (std::size_t a = 0; a < arms_.size(); ++a) {
    parts.push_back(std::span(arms_[a]).first(static_cast<std::size_t>(replicates * sizes[a])));
  }
  return parts;
}

}  // namespace sojourn::trial
