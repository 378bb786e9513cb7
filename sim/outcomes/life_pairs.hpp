// Where strategies differ: of each patient of a block the pairs of her lives, and under which pairs of strategies each
// is met. Two lives of one patient are mostly the same to an outcome, so that each is compared once, whatever the
// number of strategies.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace sojourn::outcomes {

class LifePairs {
 public:
  // `pairs`: of strategies.
  explicit LifePairs(const std::vector<std::pair<std::size_t, std::size_t>>& pairs) : pairs_(&pairs) {}

  void clear();
  // The lives of the next patient: `first` + local[s] under strategy s, with local numbers below `count`.
  void add(std::uint32_t first, std::size_t count, std::span<const std::uint32_t> local);

  // Calls use(pair, a, b) for the pairs of strategies under which patients live lives a and b, a under the pair's first
  // strategy, with differ(a, b).
  template <class Differ, class Use>
  void for_each(Differ differ, Use use) const {
    for (const Two& two : twos_) {
      if (!differ(two.a, two.b)) continue;
      for (std::uint32_t m = two.begin; m < two.end; ++m) {
        const Met met = met_[m];
        met.swapped ? use(met.pair, two.b, two.a) : use(met.pair, two.a, two.b);
      }
    }
  }

 private:
  struct Two {
    std::uint32_t a, b, begin, end;  // lives; their part of met_
  };
  struct Met {
    std::uint16_t pair;
    bool swapped;
  };

  const std::vector<std::pair<std::size_t, std::size_t>>* pairs_;
  std::vector<Two> twos_;
  std::vector<Met> met_;
};

}  // namespace sojourn::outcomes
