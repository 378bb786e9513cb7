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

// When the window of a life ends; `never` if that is past the horizon, so that she is not followed until then.
[[nodiscard]] inline double window_end(const std::optional<double>& until, double origin, double horizon) {
  const double end = until ? origin + *until : horizon;
  return end <= horizon ? end : never;
}

}  // namespace sojourn::outcomes
