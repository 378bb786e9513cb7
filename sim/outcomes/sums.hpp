// All that outcomes need of the lives that were seen, added up. Integers only, so that any split into blocks, any order
// and any combination give the same bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "outcomes/curve.hpp"
#include "outcomes/passage.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/ratio.hpp"

namespace sojourn::outcomes {

class Sums {
 public:
  explicit Sums(const Plan& plan);
  // Adds others of the same plan. Throws RunError past `most_patients`.
  void combine(const Sums& other);

  // All of them, as bytes; and added to these.
  [[nodiscard]] std::string stored();
  void add_stored(std::string_view bytes);  // throws MalformedBytes

  [[nodiscard]] std::int64_t patients() const { return patients_; }

  // The sums of an item's cells in a group under a strategy, against another; the same one: only its own sums have a
  // meaning. The pair is one of the plan's. Quantiles have none.
  [[nodiscard]] std::vector<RatioSums> sums(const Item& item, std::size_t group, std::size_t strategy,
                                            std::size_t against) const;
  // Of one of the item's means, by its place.
  [[nodiscard]] RatioSums mean_sums(const Item& item, std::size_t group, std::size_t place, std::size_t strategy,
                                    std::size_t against) const;
  // Of an item's grid: counted and followed to each of its times, and those to whom it has not happened then.
  [[nodiscard]] std::vector<ProportionSums> free_at_times(const Item& item, std::size_t group,
                                                          std::size_t strategy) const;
  [[nodiscard]] const CurveCounts& curve(const Item& item, std::size_t group, std::size_t strategy) const {
    return curves_[strategy * compiled_->curves + item.first_curve + group];
  }
  // Some patient's value at the end of follow-up is another than at the end of observation.
  [[nodiscard]] bool changes_late(std::size_t item) const { return changes_late_[item] != 0; }
  [[nodiscard]] const Passage& passage(std::size_t strategy) const { return passages_[strategy]; }

 private:
  friend class Accumulator;  // adds lives to them

  template <class Stream>
  void pass(Stream& stream);

  // By cell.
  [[nodiscard]] std::vector<ProportionSums> proportions(const Item& item, std::size_t group,
                                                        std::size_t strategy) const;
  [[nodiscard]] std::vector<PairCounts> pair_counts(const Item& item, std::size_t group, std::size_t pair) const;

  std::shared_ptr<const Compiled> compiled_;
  std::int64_t patients_ = 0;
  // By strategy, then as the items say.
  std::vector<std::uint64_t> counts_;
  std::vector<MeanSums> means_;
  std::vector<CurveCounts> curves_;
  std::vector<Passage> passages_;
  // By pair of strategies: of patients that differ. By both codes where an item has few, else by cell.
  std::vector<std::uint64_t> joint_;
  std::vector<PairCounts> pair_counts_;
  std::vector<PairMeans> pair_means_;
  std::vector<std::uint8_t> changes_late_;  // by item
};

}  // namespace sojourn::outcomes
