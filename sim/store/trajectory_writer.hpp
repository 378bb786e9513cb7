// Blocks of patients to the datasets under /strategies. Chunks go to the file in the order in which their last row's
// patient comes, then by strategy and table, so that the file does not depend on how patients were cut into blocks.
#pragma once

#include <memory>
#include <vector>

#include "store/feed.hpp"

namespace sojourn::store {

// The groups of the strategies, still without columns.
void create_strategies(Output& output, const model::Model& model, const Layout& layout);

class TrajectoryWriter {
 public:
  TrajectoryWriter(Output& output, const model::Model& model, const RunInput& input, const Layout& layout);

  void append(const history::Block& block);  // the next block; throws std::logic_error if it is not the next
  void finish();
  [[nodiscard]] std::int64_t patients() const { return patients_; }  // appended so far

 private:
  void create_feeds(std::size_t baseline_sets);
  void check_block(const history::Block& block) const;
  void begin(const history::Block& block, std::size_t patients);
  void run();

  struct Slot {
    std::unique_ptr<Feed> feed;
    std::size_t strategy;  // whose histories it reads
    bool filtered;         // reads sojourns in the kept states only
  };

  Output& output_;
  const model::Model& model_;
  Layout layout_;
  std::vector<bool> kept_states_;                // by StateId; empty: all
  std::vector<history::Trajectories> filtered_;  // by strategy, if states are left out
  std::vector<Slot> slots_;
  std::int64_t patients_ = 0;
};

}  // namespace sojourn::store
