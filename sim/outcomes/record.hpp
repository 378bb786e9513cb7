// What lives are to an outcome: all that its sums need of them.
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

// Which lives are counted, in which group: a frame's, of a block.
struct Counted {
  std::vector<std::int32_t> group;    // by life; not_counted
  std::vector<std::uint32_t> lives;   // that are counted, rising
  std::vector<std::uint32_t> in_run;  // by run of lives (block_lives.hpp) and group: how many
  bool all = false;                   // every life is, in one group
};

// A proportion is looked at in places: the times of a grid, rising, or the levels of an attribute. Lives to whom
// nothing happens are many and all the same: only the others are listed.
struct Records {
  struct Record {
    std::uint32_t life = 0;
    std::int32_t group = not_counted;
    std::int32_t place = 0;     // times: how many pass before it happens, of those she is followed to; or her level
    std::int32_t followed = 0;  // times: to how many of them she is followed; levels: 1, or 0 if not that long
  };
  // Of the lives of the frame that are not listed: followed to the end, in their group, with this place.
  std::int32_t usual_place = 0, usual_followed = 0;
  std::vector<Record> listed;                     // each life once
  std::vector<std::vector<std::int64_t>> values;  // of means, by Cell::place and life, in the outcome's unit

  void prepare(std::size_t lives, std::size_t means);
};

}  // namespace sojourn::outcomes
