// What a collected sweep holds, for people.
#pragma once

#include <string>

namespace sojourn::command {

// Throws InputError for a file that is no collected sweep, or damaged.
[[nodiscard]] std::string collected_sweep_text(const std::string& path);

}  // namespace sojourn::command
