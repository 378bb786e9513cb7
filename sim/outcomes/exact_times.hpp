// Which times the lives of stored blocks leave their curves at, so that the curves of a second look at them can step
// exactly there (Grid). 8 bytes a time that differs from all others, an outcome.
#pragma once

#include "history/block.hpp"
#include "outcomes/block_lives.hpp"
#include "outcomes/plan.hpp"

namespace sojourn::outcomes {

class TimesSeen {
 public:
  explicit TimesSeen(const Plan& plan);
  void update(const history::Block& block);
  [[nodiscard]] ExactTimes take();

 private:
  std::shared_ptr<const Compiled> compiled_;
  BlockLives lives_;
  ExactTimes times_;  // by outcome; sorted up to `sorted_`
  std::vector<std::size_t> sorted_;
};

}  // namespace sojourn::outcomes
