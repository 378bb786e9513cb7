// The published figures that outcomes are compared with, and which cell each is about.
#pragma once

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// The target of a cell in a group; null if there is none.
[[nodiscard]] const model::Target* target_of(const Item& item, const Cell& cell, const GroupLevel& group);

// Throws InputError if a target is about no cell.
void check_targets(const Item& item);

}  // namespace sojourn::outcomes
