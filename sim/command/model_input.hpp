// The model a command works on, from a YAML file, from the copy inside a result file or as a scenario of a sweep has
// it, with the changes of the command line applied.
#pragma once

#include <string>

#include "command/command_line.hpp"
#include "model/model.hpp"
#include "store/run_input.hpp"

namespace sojourn::command {

struct ModelInput {
  model::Model model;
  store::RunInput input;  // what reproduces a run; of a result file: what that run was
  std::string name;       // what is made of it is called so, with an ending
  bool from_result = false;
};

// Throws InputError with every problem of the model, or that the file cannot be read.
[[nodiscard]] ModelInput load_model(const ModelOptions& options);

}  // namespace sojourn::command
