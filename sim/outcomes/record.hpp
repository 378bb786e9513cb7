// What lives are to an outcome: all that its sums need of them, a column each.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace sojourn::outcomes {

// In a column of groups: she is not counted.
inline constexpr std::int32_t not_counted = -1;

// In the place of a value: her follow-up is shorter than the cell's time, or she is not counted.
inline constexpr std::int64_t no_number = std::numeric_limits<std::int64_t>::min();

// What a patient is to a cell: not among those counted; counted, 0 or 1; or left out because her follow-up is shorter
// than the cell's time.
enum class Mark : std::uint8_t { absent = 0, no = 1, yes = 2, too_short = 3 };

// A proportion is looked at in places: the times of a grid, rising, or the levels of an attribute.
struct Records {
  std::vector<std::int32_t> group;  // not_counted, or which
  std::vector<std::int32_t> place;  // times: how many pass before it happens, of those she is followed to; or her level
  std::vector<std::int32_t> followed;  // times: to how many of them she is followed; levels: 1, or 0 if not that long
  std::vector<std::vector<std::int64_t>> values;  // of means, by Cell::place, in the outcome's unit

  // Of these, made for adding up (seen.hpp): where a life is counted, and all that the cells see of it.
  std::vector<std::uint32_t> slot;
  std::vector<std::int64_t> code;

  void prepare(std::size_t lives, std::size_t means);
};

}  // namespace sojourn::outcomes
