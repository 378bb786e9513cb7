#include "model/dependencies.hpp"

#include <algorithm>

namespace sojourn::model {

std::vector<std::size_t> DependencyOrder::sort() const {
  std::vector<std::vector<std::size_t>> needed_by(needs_.size());
  std::vector<std::size_t> open(needs_.size());
  std::vector<std::size_t> order;
  order.reserve(needs_.size());
  for (std::size_t thing = 0; thing < needs_.size(); ++thing) {
    open[thing] = needs_[thing].size();
    if (open[thing] == 0) order.push_back(thing);
    for (const std::size_t other : needs_[thing]) needed_by[other].push_back(thing);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t thing : needed_by[order[i]]) {
      if (--open[thing] == 0) order.push_back(thing);
    }
  }
  return order;
}

std::vector<std::vector<std::size_t>> DependencyOrder::circles() const {
  std::vector<bool> left(needs_.size(), true);
  for (const std::size_t thing : sort()) left[thing] = false;
  std::vector<std::vector<std::size_t>> found;
  // From anything left, following what is left leads into a circle sooner or later.
  std::vector<std::size_t> step(needs_.size(), 0);
  for (std::size_t start = 0; start < needs_.size(); ++start) {
    std::vector<std::size_t> way;
    std::size_t at = start;
    while (left[at] && step[at] == 0) {
      way.push_back(at);
      step[at] = way.size();
      at = *std::find_if(needs_[at].begin(), needs_[at].end(), [&](std::size_t other) { return left[other]; });
    }
    const bool closed = left[at] && !way.empty() && step[at] <= way.size() && way[step[at] - 1] == at;
    if (closed) found.emplace_back(way.begin() + static_cast<std::ptrdiff_t>(step[at] - 1), way.end());
  }
  return found;
}

}  // namespace sojourn::model
