// What kinds have in common that add something up from the origin until `until` after it, or to the horizon.
#pragma once

#include <optional>
#include <string>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// Throws InputError where the outcome's keys make no sense for such a kind.
void check_window(const model::Model& model, const model::Outcome& outcome);

// A mean over the window.
[[nodiscard]] Cell window_cell(const model::Model& model, const model::Outcome& outcome, const std::string& measure);

// When the window of a life ends; nothing if that is past the horizon.
[[nodiscard]] std::optional<double> window_end(const Item& item, const Origin& origin);

}  // namespace sojourn::outcomes
