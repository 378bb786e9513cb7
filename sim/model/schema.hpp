// The language told from its declarations: as a JSON Schema for editors, and as the reference in docs/reference.md.
#pragma once

#include <string>

namespace sojourn::model {

[[nodiscard]] std::string model_schema();           // of a model
[[nodiscard]] std::string parameter_file_schema();  // of a file for --parameters
[[nodiscard]] std::string reference();              // docs/reference.md

}  // namespace sojourn::model
