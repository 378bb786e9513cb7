// The tables of a collected sweep that are as long as it has scenarios or axes.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

struct ScenarioState {
  std::int64_t patients = 0;    // that the estimates are from
  std::string status, message;  // done, partial, failed, missing; why it failed
  std::string targets;          // met, unresolved, missed; empty: there are none
};

// Of a chunk of a table that will have so many: a power of two, no more than what there is to be written needs.
[[nodiscard]] std::size_t chunk_rows(std::size_t rows);

// `own`: by axis, what the model itself has at its path.
[[nodiscard]] Table axes_table(const Scenarios& scenarios, const std::vector<std::optional<config::Node>>& own);
// The axes' values, each in the unit it is written in.
[[nodiscard]] std::vector<Column> axis_columns(const Scenarios& scenarios);
[[nodiscard]] Table scenarios_table(const Scenarios& scenarios, const std::vector<ScenarioState>& states);

}  // namespace sojourn::sweep
