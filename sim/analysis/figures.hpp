// What a model's words cannot say, in figures, for `check --explain`: the hazards at a few times of their clocks, and
// how patients of a small trial run pass through the states under the reference strategy.
#pragma once

#include <string>

#include "analysis/experiment.hpp"

namespace sojourn::analysis {

// Several lines, each ended. Throws InputError where a patient of the trial run shows that the model is wrong.
[[nodiscard]] std::string figures(const Experiment& experiment);

}  // namespace sojourn::analysis
