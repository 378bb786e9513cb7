// Accumulators that threads take, add a block to and put back. Sums are integers: which one took which block does not
// show in the result.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "outcomes/accumulator.hpp"

namespace sojourn::analysis {

class Accumulators {
 public:
  explicit Accumulators(const outcomes::Plan& plan) : plan_(plan), received_(plan) {}

  void update(const history::Block& block) {
    std::unique_ptr<outcomes::Accumulator> mine = take();
    mine->update(block);
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(mine));
  }

  // Of the same plan, from elsewhere; when no thread is at work.
  void add_stored(std::string_view bytes) { received_.add_stored(bytes); }

  // When no thread is at work any more.
  [[nodiscard]] outcomes::Sums combined() const {
    outcomes::Sums all = received_;
    for (const auto& one : free_) all.combine(one->sums());
    return all;
  }

 private:
  std::unique_ptr<outcomes::Accumulator> take() {
    const std::scoped_lock lock(mutex_);
    if (free_.empty()) return std::make_unique<outcomes::Accumulator>(plan_);
    std::unique_ptr<outcomes::Accumulator> one = std::move(free_.back());
    free_.pop_back();
    return one;
  }

  const outcomes::Plan& plan_;
  outcomes::Sums received_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<outcomes::Accumulator>> free_;
};

}  // namespace sojourn::analysis
