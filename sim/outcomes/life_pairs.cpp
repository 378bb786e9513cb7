#include "outcomes/life_pairs.hpp"

namespace sojourn::outcomes {

void LifePairs::clear() {
  twos_.clear();
  met_.clear();
}

void LifePairs::add(std::uint32_t first, std::size_t count, std::span<const std::uint32_t> local) {
  for (std::uint32_t i = 0; i + 1 < count; ++i) {
    for (std::uint32_t j = i + 1; j < count; ++j) {
      const auto begin = static_cast<std::uint32_t>(met_.size());
      for (std::size_t pair = 0; pair < pairs_->size(); ++pair) {
        const std::uint32_t a = local[(*pairs_)[pair].first], b = local[(*pairs_)[pair].second];
        if ((a == i && b == j) || (a == j && b == i)) met_.push_back({static_cast<std::uint16_t>(pair), a == j});
      }
      const auto end = static_cast<std::uint32_t>(met_.size());
      if (end > begin) twos_.push_back({first + i, first + j, begin, end});
    }
  }
}

}  // namespace sojourn::outcomes
