// An outcome of the model made ready: its cells, grid, groups, and what it asks of lives.
#pragma once

#include <vector>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// `frames`: of the outcomes so far; a new one is added. Throws InputError where the outcome cannot be computed.
[[nodiscard]] Item item_of(const Setup& setup, const model::Outcome& outcome, std::vector<Frame>& frames);

}  // namespace sojourn::outcomes
