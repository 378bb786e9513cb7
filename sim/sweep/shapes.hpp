// The keys of a sweep file, declared as those of models are: read, checked, documented and made a schema from here.
#pragma once

#include <cstdint>
#include <string>

#include "config/keys.hpp"

namespace sojourn::sweep {

namespace shapes {
extern const config::Shape sweep, axis, design, hypercube, sobol, targets, figure, unknown, resolve;

inline constexpr std::string_view scales[] = {"linear", "log"};
inline constexpr std::string_view changes[] = {"parameter", "multiply", "path"};
// How an axis gets its values; none of them: from a table.
inline constexpr std::string_view ways[] = {"values", "cases", "from"};
inline constexpr std::string_view designs[] = {"zip", "latin_hypercube", "sobol", "table"};
// Columns of the tables of a collected sweep: not to be the names of axes.
inline constexpr std::string_view columns[] = {
    "scenario",        "id",    "patients", "status", "message",    "targets",       "outcome",
    "measure",         "group", "level",    "time",   "unit",       "strategy",      "n",
    "estimate",        "se",    "lower",    "upper",  "difference", "difference_se", "difference_lower",
    "difference_upper"};
// What a figure is about.
inline constexpr std::string_view subjects[] = {"outcome", "parameter"};
inline constexpr std::string_view best[] = {"highest", "lowest"};
// Who live for figures: where parameters are solved for, and where figures are only looked at.
inline constexpr std::int64_t patients_to_solve = 10000, patients_to_look = 1000;
inline constexpr std::size_t most_scenarios = 10'000'000;
}  // namespace shapes

[[nodiscard]] std::string schema();     // a JSON Schema of sweep files
[[nodiscard]] std::string reference();  // a part of docs/reference.md

}  // namespace sojourn::sweep
