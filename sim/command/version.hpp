// What `sojourn --version` prints.
#pragma once

#include <string>

namespace sojourn::command {

[[nodiscard]] std::string version_name();  // "sojourn 1.2.3"
[[nodiscard]] std::string version_text();  // program, language, result schema, engine and the libraries linked

}  // namespace sojourn::command
