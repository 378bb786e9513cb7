#include "outcomes/life_patterns.hpp"

#include <algorithm>
#include <map>

namespace sojourn::outcomes {

namespace {

constexpr std::size_t most_patterns = 4096;
constexpr std::size_t few = 7;  // strategies: 7! = 5,040 ways to share lives
constexpr std::uint32_t unknown = ~std::uint32_t{0};

}  // namespace

LifePatterns::LifePatterns(const std::vector<std::size_t>& parameter_set, const StrategyPairs& pairs)
    : parameter_set_(&parameter_set), pairs_(&pairs) {
  if (parameter_set.size() > few) return;
  std::size_t ways = 1;
  for (std::size_t s = 2; s <= parameter_set.size(); ++s) ways *= s;
  numbers_of_few_.assign(ways, unknown);
}

void LifePatterns::limit() {
  if (patterns_.size() <= most_patterns) return;
  patterns_.clear();
  numbers_.clear();
  std::ranges::fill(numbers_of_few_, unknown);
}

std::size_t LifePatterns::find(std::span<const std::uint16_t> lived_as) {
  if (!numbers_of_few_.empty()) {
    std::size_t way = 0, ways = 1;
    for (std::size_t s = 1; s < lived_as.size(); ways *= ++s) way += lived_as[s] * ways;
    std::uint32_t& number = numbers_of_few_[way];
    if (number == unknown) {
      number = static_cast<std::uint32_t>(patterns_.size());
      patterns_.push_back(made(lived_as));
    }
    return number;
  }
  key_.assign(reinterpret_cast<const char*>(lived_as.data()), lived_as.size_bytes());
  const auto [place, fresh] = numbers_.try_emplace(key_, patterns_.size());
  if (fresh) patterns_.push_back(made(lived_as));
  return place->second;
}

LifePattern LifePatterns::made(std::span<const std::uint16_t> lived_as) const {
  LifePattern pattern;
  std::vector<std::uint32_t> life_of;  // by strategy: her life, counted from 0
  for (std::size_t s = 0; s < lived_as.size(); ++s) {
    const auto same = [&](const std::vector<std::uint32_t>& strategies) {
      const std::size_t first = strategies.front();
      return lived_as[first] == lived_as[s] && (*parameter_set_)[first] == (*parameter_set_)[s];
    };
    auto life = std::ranges::find_if(pattern.strategies, same);
    if (life == pattern.strategies.end()) life = pattern.strategies.emplace(life);
    life_of.push_back(static_cast<std::uint32_t>(life - pattern.strategies.begin()));
    life->push_back(static_cast<std::uint32_t>(s));
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Met>> met;
  for (std::size_t p = 0; p < pairs_->size(); ++p) {
    const std::uint32_t a = life_of[(*pairs_)[p].first], b = life_of[(*pairs_)[p].second];
    if (a != b) met[std::minmax(a, b)].push_back({static_cast<std::uint32_t>(p), a > b});
  }
  for (auto& [lives, pairs] : met) pattern.twos.push_back({lives.first, lives.second, std::move(pairs)});
  return pattern;
}

}  // namespace sojourn::outcomes
