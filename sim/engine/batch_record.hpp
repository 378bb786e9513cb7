// The record of a life in a batch: slots of 8 bytes, each a number or a word (batch_layout.hpp). A set is a run of
// words, a bit for each of what may be in it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/lane.hpp"

namespace sojourn::engine {

using LifeRecord = double*;

SOJOURN_INSTRUCTION [[nodiscard]] inline std::uint64_t word_of(const double* life, int slot) {
  return std::bit_cast<std::uint64_t>(life[slot]);
}
SOJOURN_INSTRUCTION inline void put_word(LifeRecord life, int slot, std::uint64_t word) {
  life[slot] = std::bit_cast<double>(word);
}

// Where in a set something stands.
struct Place {
  Place(int set, std::size_t position)
      : slot(set + static_cast<int>(position / 64)), bit(std::uint64_t{1} << (position % 64)) {}
  int slot;
  std::uint64_t bit;

  [[nodiscard]] bool in(const double* life) const { return (word_of(life, slot) & bit) != 0; }
  void add_to(LifeRecord life) const { put_word(life, slot, word_of(life, slot) | bit); }
  void take_from(LifeRecord life) const { put_word(life, slot, word_of(life, slot) & ~bit); }
};

}  // namespace sojourn::engine
