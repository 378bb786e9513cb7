// A model in a few lines, for `check`.
#pragma once

#include <string>

#include "analysis/experiment.hpp"

namespace sojourn::analysis {

[[nodiscard]] std::string summary(const Experiment& experiment);

}  // namespace sojourn::analysis
