// Writes the lives of a batch, when all are over, as histories: from the rows that know the one before.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/batch_lives.hpp"
#include "engine/batch_rows.hpp"
#include "history/block.hpp"

namespace sojourn::engine {

class BatchWriter {
 public:
  BatchWriter(const program::Program& program, const BatchLayout& layout, const BatchLives& lives,
              std::size_t strategies);

  // The life is over, in this state.
  void note(LifeRecord life, std::int32_t state, std::int64_t first_patient);
  // Appends the first `patients` of the batch to `outs`, one a strategy. lived_as[m * stride + p]: see Batched::live.
  void write(const BatchRows& rows, std::size_t patients, std::span<history::Trajectories* const> outs,
             std::uint16_t* lived_as, std::size_t stride) const;

 private:
  void write_strategy(const BatchRows& rows, std::span<const LifeRecord> lives, history::Trajectories& out) const;

  const program::Program& program_;
  const BatchLayout& layout_;
  const BatchLives& lives_;
  std::size_t strategies_;
  std::vector<LifeRecord> owner_;  // by strategy, patient: the life that it has lived
};

}  // namespace sojourn::engine
