// Blocks of patients out of the datasets under /strategies, of a result or of a shard, whose ids are explained in the
// result's dictionary. Checks what it reads: offsets that do not grow or ids that
// the dictionaries do not have are damage.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "history/block.hpp"
#include "store/input_file.hpp"

namespace sojourn::store {

class HistoryReader {
 public:
  HistoryReader(const InputFile& result, const InputFile& file, const std::vector<std::string>& strategies);
  [[nodiscard]] history::Block block(std::int64_t first_patient, std::int32_t patients) const;
  // Under one strategy, by its place among `strategies`.
  [[nodiscard]] history::Block block(std::size_t strategy, std::int64_t first_patient, std::int32_t patients) const;

 private:
  struct StrategyColumns {
    std::array<Handle, 3> first;
    Handle state, cause, start, stop, event, event_time, attribute, change_time, change_value;
  };
  struct Rows {
    hsize_t first = 0, count = 0;
  };

  [[nodiscard]] StrategyColumns open(const InputFile& file, const std::string& strategy) const;
  [[nodiscard]] std::vector<Handle> open_baseline(const InputFile& file, const std::string& strategy) const;
  [[nodiscard]] history::Trajectories trajectories(const StrategyColumns& columns, hsize_t first_patient,
                                                   std::size_t patients) const;
  [[nodiscard]] static Rows offsets(hid_t first, hsize_t first_patient, std::size_t patients,
                                    std::vector<std::uint32_t>& ends);
  [[nodiscard]] std::vector<double> baseline(const std::vector<Handle>& columns, hsize_t first_patient,
                                             std::size_t patients) const;

  std::vector<std::string> attributes_;
  std::vector<double> shift_;  // by attribute: 1 for categories
  int states_ = 0, transitions_ = 0, events_ = 0, first_event_ = 0;
  std::vector<StrategyColumns> strategies_;
  std::vector<std::vector<Handle>> baselines_;  // one if the strategies share it
};

}  // namespace sojourn::store
