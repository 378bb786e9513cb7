// The lives of a block that differ, and what was asked of each: a patient's strategies under which she lives the same
// life share it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "history/block.hpp"
#include "outcomes/life_patterns.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/queries.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

class BlockLives {
 public:
  explicit BlockLives(const Compiled& plan);

  void open(const history::Block& block);

  [[nodiscard]] std::size_t lives() const { return lives_.count(); }

  // Lives begin .. end - 1 are lived under the same strategies, each by another patient.
  struct Run {
    std::uint32_t begin, end;
    std::span<const std::uint32_t> strategies;
  };
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
  [[nodiscard]] const Run& run_of(std::size_t life) const { return runs_[run_of_[life]]; }

  // Lives a + i and b + i are one patient's, and are met under these pairs of strategies.
  struct Couples {
    std::uint32_t a, b, count;
    std::span<const Met> met;
  };
  [[nodiscard]] const std::vector<Couples>& couples() const { return couples_; }

  [[nodiscard]] const Answers& answers() const { return answers_; }
  // By frame of the plan.
  [[nodiscard]] const Counted& counted(std::size_t frame) const { return counted_[frame]; }
  // What the lives are to an item (none with a curve).
  void record(const Item& item, Records& records);

 private:
  void find_patterns(const history::Block& block);
  [[nodiscard]] std::uint16_t compared(const history::Block& block, std::size_t strategy, std::size_t patient) const;
  void number_lives();
  void count(const Frame& frame, Counted& counted) const;
  void find_groups(const Frame& frame, std::int32_t* group) const;
  void find_worth();

  const Compiled* plan_;
  Lives lives_;
  LifePatterns patterns_;
  std::vector<std::uint16_t> lived_as_;                    // of one patient
  std::vector<std::vector<std::uint32_t>> patients_with_;  // by pattern
  std::vector<Run> runs_;
  std::vector<std::uint32_t> run_of_;  // by life
  std::vector<Couples> couples_;
  Answers answers_;
  std::vector<Counted> counted_;     // by frame
  std::vector<Worth> worth_;         // by parameter set
  std::vector<std::uint8_t> asked_;  // by life: what she is worth
};

}  // namespace sojourn::outcomes
