// How a patient's strategies share her lives. Most decisions do not concern most patients, so that few of the possible
// patterns occur, and each is worked out once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sojourn::outcomes {

using StrategyPairs = std::vector<std::pair<std::size_t, std::size_t>>;

// A pair of strategies under which two lives are met, the first of them under the pair's first strategy or `swapped`.
struct Met {
  std::uint32_t pair = 0;
  bool swapped = false;
};

struct LifePattern {
  struct Two {
    std::uint32_t a, b;  // lives, a < b
    std::vector<Met> met;
  };
  std::vector<std::vector<std::uint32_t>> strategies;  // by life: under which she lives it, rising
  std::vector<Two> twos;                               // lives that some pair compares
};

class LifePatterns {
 public:
  // `parameter_set`: by strategy; lives are shared within a set only. `pairs`: that are compared.
  LifePatterns(const std::vector<std::size_t>& parameter_set, const StrategyPairs& pairs);

  // The number of the pattern; lived_as[s] <= s: the first strategy whose life is that under s.
  [[nodiscard]] std::size_t find(std::span<const std::uint16_t> lived_as);
  [[nodiscard]] const LifePattern& operator[](std::size_t number) const { return patterns_[number]; }
  [[nodiscard]] std::size_t size() const { return patterns_.size(); }
  // Forgets them if there are many: with many strategies every patient might have one of her own.
  void limit();

 private:
  [[nodiscard]] LifePattern made(std::span<const std::uint16_t> lived_as) const;

  const std::vector<std::size_t>* parameter_set_;
  const StrategyPairs* pairs_;
  std::vector<LifePattern> patterns_;
  // Of few strategies, by the number in the mixed radix 1, 2, 3 ... that lived_as is; `unknown`.
  std::vector<std::uint32_t> numbers_of_few_;
  // Of more, by the bytes of lived_as.
  std::unordered_map<std::string, std::size_t> numbers_;
  std::string key_;
};

}  // namespace sojourn::outcomes
