// Adds the lives of blocks to sums.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "history/block.hpp"
#include "outcomes/block_lives.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

class Accumulator {
 public:
  explicit Accumulator(const Plan& plan) : compiled_(plan.compiled()), sums_(plan), lives_(*compiled_) {}
  // Adds a block's patients; its strategies are the plan's, in order. Throws RunError past `most_patients`.
  void update(const history::Block& block);
  [[nodiscard]] const Sums& sums() const { return sums_; }

 private:
  void add_curves(const Item& item);
  void add_counts(const Item& item);
  void move_counts(const Item& item, std::span<const Records::Record> records, std::uint64_t* counts) const;
  [[nodiscard]] std::uint64_t* counts_of(const Item& item, std::size_t strategy) {
    return sums_.counts_.data() + strategy * compiled_->counts + item.first_count;
  }
  void add_means(const Item& item);
  [[nodiscard]] const std::vector<std::int32_t>& groups_of_means(const Item& item);
  void add_means_of(const Item& item, std::size_t number, const std::int64_t* values, const std::int32_t* groups);
  void add_pairs_of_counts(const Item& item);
  template <class Code>
  void add_pairs_of_counts(const Item& item, std::vector<Code>& codes);
  template <class Code>
  void encode(const Item& item, std::vector<Code>& codes);
  template <class Code>
  void find_differences(const Code* a, const Code* b, std::size_t count);

  std::shared_ptr<const Compiled> compiled_;
  Sums sums_;
  // The block at hand, and what its lives are to the item at hand.
  BlockLives lives_;
  Records records_;
  std::vector<std::uint8_t> few_codes_;     // by life: all that the cells see of her, as one number (seen.hpp)
  std::vector<std::uint32_t> codes_;        // the same of an item with many
  std::vector<std::int32_t> groups_;        // by life
  std::vector<std::uint32_t> different_;    // places at which two lives' codes differ
  std::vector<std::int64_t> in_the_group_;  // by life: a mean's values in a group; no_number outside it
};

}  // namespace sojourn::outcomes
