#include "outcomes/blocks.hpp"

#include <algorithm>

namespace sojourn::outcomes {

std::vector<Block> blocks_of(const Results& results) {
  std::vector<Block> blocks;
  const std::size_t strategies = results.strategies.size();
  for (std::size_t r = 0; r + strategies <= results.rows.size(); r += strategies) {
    if (r == 0 || results.rows[r].outcome != results.rows[r - 1].outcome) blocks.emplace_back();
    Rows rows;
    for (std::size_t s = 0; s < strategies; ++s) rows.push_back(&results.rows[r + s]);
    blocks.back().push_back(std::move(rows));
  }
  return blocks;
}

void add_block(const Block& block, std::vector<Line>& lines,
               const std::function<std::vector<Entry>(const Rows&)>& entries) {
  const Row& first = *block.front().front();
  if (block.size() == 1) {
    lines.push_back({joined({heading(first), time_part(first), first.group, first.level}) + unit_part(first),
                     entries(block.front()), mark_of(block.front())});
    return;
  }
  const auto same = [&](auto part) {
    return std::all_of(block.begin(), block.end(), [&](const Rows& r) { return part(*r.front()) == part(first); });
  };
  const bool same_time = same(time_part), same_unit = same(unit_part);
  lines.push_back(
      {joined({heading(first), same_time ? time_part(first) : ""}) + (same_unit ? unit_part(first) : ""), {}, ""});
  for (const Rows& rows : block) {
    const Row& row = *rows.front();
    lines.push_back(
        {"  " + joined({same_time ? "" : time_part(row), row.group, row.level}) + (same_unit ? "" : unit_part(row)),
         entries(rows), mark_of(rows)});
  }
}

}  // namespace sojourn::outcomes
