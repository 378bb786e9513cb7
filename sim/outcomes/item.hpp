// An outcome of the model made ready: its cells, grid, groups, and what it asks of lives.
#pragma once

#include <vector>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// `parameter_sets`: the different values by ParameterId under which lives are looked at. Throws InputError where the
// outcome cannot be computed.
[[nodiscard]] Item item_of(const model::Model& model, const model::Outcome& outcome,
                           const std::vector<std::vector<double>>& parameter_sets, Queries& queries,
                           std::vector<Frame>& frames);

}  // namespace sojourn::outcomes
