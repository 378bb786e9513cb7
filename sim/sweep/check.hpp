// Every scenario against the model, before anything runs: its parameter values by the model's rules, the values at
// paths by reading the model with them. All problems at once, each once, with the number of scenarios that have it.
#pragma once

#include "sweep/variants.hpp"

namespace sojourn::sweep {

// What was looked at, for the user.
struct Checked {
  std::size_t models = 0;   // read with values at paths
  bool all_models = true;   // else each value in one combination
  std::size_t lowered = 0;  // scenarios also lowered: what shows only there is otherwise found when they run
  std::vector<model::EmbeddedFile> files;  // that the models read beside themselves
};

[[nodiscard]] Checked check_scenarios(const Scenarios& scenarios, const model::Sources& sources, Diagnostics& problems);

}  // namespace sojourn::sweep
