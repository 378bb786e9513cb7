// The lives of a block that differ, and what was asked of each: a patient's strategies under which she lives the same
// life share it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "history/block.hpp"
#include "outcomes/life_pairs.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

class BlockLives {
 public:
  explicit BlockLives(const Compiled& plan);

  void open(const history::Block& block);

  [[nodiscard]] std::size_t patients() const { return patients_; }
  [[nodiscard]] std::size_t lives() const { return lives_; }
  // By patient: her life under the strategy.
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t strategy) const {
    return {life_of_.data() + strategy * patients_, patients_};
  }
  [[nodiscard]] const LifePairs& pairs() const { return pairs_; }
  [[nodiscard]] const Answers& answers() const { return answers_; }

  // By life: its group in a frame of the plan.
  [[nodiscard]] const std::vector<std::int32_t>& groups(std::size_t frame) const { return groups_[frame]; }
  // What the lives are to an item (none with a curve).
  void record(const Item& item, std::size_t item_number, Records& records) const;

 private:
  [[nodiscard]] bool same_as_under(const history::Block& block, std::size_t earlier, std::size_t strategy,
                                   std::size_t patient) const;
  void group(const Frame& frame, std::vector<std::int32_t>& groups) const;
  void look(const history::Block& block, std::size_t strategy, std::size_t patient, std::size_t place);

  const Compiled* plan_;
  Life life_;
  std::size_t patients_ = 0, lives_ = 0;
  std::vector<std::uint32_t> life_of_;  // by strategy and patient
  LifePairs pairs_;
  std::vector<std::uint32_t> local_;  // of one patient: by strategy, her lives counted from 0
  Answers answers_;
  std::vector<std::vector<std::vector<std::int64_t>>> looked_;  // by item and mean: the values of kinds that look
  std::vector<std::int64_t> values_;                            // of one life and item
  std::vector<Worth> worth_;                                    // by parameter set
  std::vector<std::vector<std::int32_t>> groups_;               // by frame
};

}  // namespace sojourn::outcomes
