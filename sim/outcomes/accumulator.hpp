// Adds up histories. Integers only, so that any split into blocks, any order and any combination give the same bits.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "history/block.hpp"
#include "outcomes/curve.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/ratio.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

class Accumulator {
 public:
  explicit Accumulator(const Plan& plan);
  // Adds a block's patients; its strategies are the plan's, in order. Throws RunError past `most_patients`.
  void update(const history::Block& block);
  // Adds what another accumulator of the same plan has seen.
  void combine(const Accumulator& other);

  [[nodiscard]] std::int64_t patients() const { return patients_; }
  // By cell (Item::first_cell + group * cells of the item + cell) and strategy.
  [[nodiscard]] RatioSums sums(std::size_t cell, std::size_t strategy, Quantity quantity) const;
  // By curve (Item::first_curve + group) and strategy.
  [[nodiscard]] const CurveCounts& curve(std::size_t curve, std::size_t strategy) const {
    return curves_[curve * strategies_ + strategy];
  }
  // Some patient's value at the end of follow-up is another than at the end of observation.
  [[nodiscard]] bool changes_late(std::size_t item) const { return changes_late_[item] != 0; }

 private:
  // What one patient contributed to one item.
  struct Observed {
    std::int32_t group = -1;  // -1: not counted
    std::vector<Mark> marks;
    std::vector<std::int64_t> values;
  };

  void open(const history::Block& block, std::size_t strategy, std::size_t patient);
  void observe(std::size_t item, std::size_t strategy, Observed& observed);
  void add(const Item& item, std::size_t strategy, const Observed& observed, const Observed& reference);
  // From the cell `first` on; what has no group is absent.
  void add_cells(const Item& item, std::size_t first, const Observed& observed, const Observed& reference);

  std::shared_ptr<const Compiled> compiled_;
  std::size_t strategies_;
  std::int64_t patients_ = 0;
  std::vector<JointCounts> counts_;
  std::vector<TimeSums> sums_;
  std::vector<CurveCounts> curves_;
  std::vector<std::uint8_t> changes_late_;  // by item
  Life life_;
  std::vector<Worth> worth_;         // by strategy
  std::vector<Observed> reference_;  // by item
  Observed observed_;
};

}  // namespace sojourn::outcomes
