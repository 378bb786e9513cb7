// A file of parameter values to lay over a model: `parameters:` and below it `name: value`, or `name: {value: ...}`;
// `title` and `description` beside it are for people. Whether the names exist and the values fit is the model's to say.
#pragma once

#include <string>

#include "base/diagnostics.hpp"
#include "model/load.hpp"

namespace sojourn::model {

// In file order. What is wrong with the file itself goes to `problems`.
[[nodiscard]] Overrides read_parameter_file(const std::string& path, Diagnostics& problems);

}  // namespace sojourn::model
