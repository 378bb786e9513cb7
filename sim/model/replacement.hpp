// Values put into a model's document in the place of others, before it is read.
#pragma once

#include <string>
#include <string_view>

#include "model/checked_model.hpp"

namespace sojourn::model {

// False, with a report where the path is written, if it leads nowhere. The value keeps its own file and line.
bool replace_value(config::Document& document, const Replacement& replacement, Diagnostics& problems);

// What stands at a path; null: nothing.
[[nodiscard]] const config::Node* value_at(const config::Document& document, std::string_view path);

// Overrides that are about places rather than parameters: a path has a dot or a bracket, one at the top begins with a
// dot, `.horizon`.
[[nodiscard]] bool is_place(std::string_view name);
bool replace_values(config::Document& document, const Overrides& overrides, Diagnostics& problems);

}  // namespace sojourn::model
