// Values put into a model's document in the place of others, before it is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/checked_model.hpp"

namespace sojourn::model {

// One step of a path: a key or a name, or a position in a list.
struct Step {
  std::string name;
  std::optional<std::size_t> position;
};
// Nothing if it is no path.
[[nodiscard]] std::optional<std::vector<Step>> steps_of(std::string_view path);

// False, with a report where the path is written, if it leads nowhere. The value keeps its own file and line.
bool replace_value(config::Document& document, const Replacement& replacement, Diagnostics& problems);

// What stands at a path; null: nothing.
[[nodiscard]] const config::Node* value_at(const config::Document& document, std::string_view path);

// Overrides that are about places rather than parameters: a path has a dot or a bracket, one at the top begins with a
// dot, `.horizon`.
[[nodiscard]] bool is_place(std::string_view name);
bool replace_values(config::Document& document, const Overrides& overrides, Diagnostics& problems);

}  // namespace sojourn::model
