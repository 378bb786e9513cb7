// An order in which each thing comes after those it depends on, and the circles that make one impossible.
#pragma once

#include <cstddef>
#include <vector>

namespace sojourn::model {

class DependencyOrder {
 public:
  explicit DependencyOrder(std::size_t things) : needs_(things) {}
  void add(std::size_t thing, std::size_t needs) { needs_[thing].push_back(needs); }

  // All that do not depend on a circle, each after what it needs. Linear, without recursion.
  [[nodiscard]] std::vector<std::size_t> sort() const;
  // One circle for each group of things that need each other: each needs the next, the last the first.
  [[nodiscard]] std::vector<std::vector<std::size_t>> circles() const;

 private:
  std::vector<std::vector<std::size_t>> needs_;
};

}  // namespace sojourn::model
