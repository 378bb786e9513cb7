// What `sojourn --version` prints.
#pragma once

#include <string>

namespace sojourn::command {

[[nodiscard]] std::string version_text();  // program, language, result schema, engine and the libraries linked

}  // namespace sojourn::command
