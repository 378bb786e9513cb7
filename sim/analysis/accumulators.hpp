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
  explicit Accumulators(const outcomes::Plan& plan) : plan_(plan) {}

  void update(const history::Block& block) {
    std::unique_ptr<outcomes::Accumulator> mine = take();
    mine->update(block);
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(mine));
  }

  // What other accumulators of the plan have seen; when no thread is at work.
  void add_stored(std::string_view bytes) {
    std::unique_ptr<outcomes::Accumulator> mine = take();
    mine->add_stored(bytes);
    free_.push_back(std::move(mine));
  }

  // When no thread is at work any more.
  [[nodiscard]] outcomes::Accumulator combined() const {
    if (free_.empty()) return outcomes::Accumulator(plan_);
    outcomes::Accumulator all = *free_.front();
    for (std::size_t i = 1; i < free_.size(); ++i) all.combine(*free_[i]);
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
  std::mutex mutex_;
  std::vector<std::unique_ptr<outcomes::Accumulator>> free_;
};

}  // namespace sojourn::analysis
