// All that the cells of an item see of a life, as one number: its group, and how many of the cells' times come before
// the event and before the end of follow-up; or its level, and whether it is followed.
#pragma once

#include <cstdint>

#include "outcomes/kind.hpp"
#include "outcomes/ratio.hpp"

namespace sojourn::outcomes {

struct Seen {
  std::int32_t group = not_counted, place = 0, followed = 0;

  static std::uint32_t of(const Item& item, std::int32_t group, std::int32_t place, std::int32_t followed);
  static Seen from(const Item& item, std::uint32_t code);
  // `number`: which of the item's proportions the cell is, in the order of their times.
  [[nodiscard]] Mark mark(const Item& item, const Cell& cell, std::int32_t number) const;
};

// How many codes an item has: 0 .. codes - 1, at most 2^32; 0 is of those who are not counted.
[[nodiscard]] std::int64_t codes_of(const Item& item);

// What patients with these codes under a pair's strategies add to the pair's cells.
void add_cells(const Item& item, std::uint32_t a, std::uint32_t b, std::uint64_t patients, PairCounts* counts);

}  // namespace sojourn::outcomes
