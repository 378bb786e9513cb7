// Lines of a table for people: the numbers of one outcome together, what they have in common said once.
#pragma once

#include <functional>
#include <vector>

#include "outcomes/columns.hpp"
#include "outcomes/entries.hpp"
#include "outcomes/results.hpp"

namespace sojourn::outcomes {

// An outcome's numbers, each under every strategy.
using Block = std::vector<Rows>;

[[nodiscard]] std::vector<Block> blocks_of(const Results& results);

// One line if there is one number; else a heading and a line for each. What all have in common goes to the heading.
void add_block(const Block& block, std::vector<Line>& lines,
               const std::function<std::vector<Entry>(const Rows&)>& entries);

}  // namespace sojourn::outcomes
