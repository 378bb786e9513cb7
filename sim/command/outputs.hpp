// Looked at before a run, so that hours of simulation do not end in a file that cannot be written, or in one that
// replaces what the run was made from.
#pragma once

#include <string>
#include <vector>

#include "command/command_line.hpp"
#include "command/model_input.hpp"

namespace sojourn::command {

// The files on the disk that the model was read from; of a result file none: it may be made anew under its own name.
[[nodiscard]] std::vector<std::string> input_paths(const ModelOptions& options, const ModelInput& input);

// Empty outputs are none. Throws InputError if two are the same file or one is an input, RunError if one is in a folder
// that is not there or cannot be written to.
void check_outputs(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs);

}  // namespace sojourn::command
