// Which of several strategies are worth their costs: the efficiency frontier of points (cost, effect).
//   dominated: another costs no more and has no less effect, and is better in one of the two;
//   extendedly dominated: not dominated, but a mixture of two others with the same effect costs less;
//   on the frontier: all others; along it the incremental ratios rise. A point exactly between two others is on it.
// Source: Johannesson and Weinstein, J Health Econ 1993;12:459-67; Suen and Goldhaber-Fiebert, Med Decis Making
// 2016;36:132-6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sojourn::outcomes {

struct CostAndEffect {
  double cost = 0, effect = 0;  // NaN: unknown
};

enum class Standing : std::uint8_t { unknown, on_frontier, equal, dominated, extendedly_dominated };
[[nodiscard]] std::string_view words_of(Standing standing);

inline constexpr std::size_t nobody = static_cast<std::size_t>(-1);

struct Placed {
  Standing standing = Standing::unknown;
  // dominated: by which, the most effective of those that cost no more; extendedly dominated: the two on the frontier
  // between which it lies, the cheaper first; equal: the same cost and effect as one that comes before it.
  std::size_t by = nobody, and_by = nobody;
  std::size_t against = nobody;  // what its increments are to: the one before on the frontier, else `by`
};

struct Frontier {
  std::vector<std::size_t> by_cost;  // all points: cheaper first, then more effective, then as given; unknown last
  std::vector<std::size_t> members;  // on the frontier, by rising cost and effect
  std::vector<Placed> placed;        // by point
};

[[nodiscard]] Frontier frontier_of(std::span<const CostAndEffect> points);

}  // namespace sojourn::outcomes
