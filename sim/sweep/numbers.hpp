// Numbers of a sweep file that are meant for a parameter of the model.
#pragma once

#include <limits>
#include <string>

#include "config/reader.hpp"
#include "expression/expression.hpp"
#include "model/model.hpp"

namespace sojourn::sweep {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

// The number that `text` is, in years to the type's power of time; `no_number` after a report at `item`.
[[nodiscard]] double number_of(const config::Source& source, const config::Item& item, const std::string& text,
                               const expression::Type& type);
// Reports a value out of the parameter's own range.
void check_range(const config::Source& source, const config::Item& item, const model::Parameter& parameter,
                 double value);
// Null, and a report, if the model has none of this name.
[[nodiscard]] const model::Parameter* find_parameter(const config::Source& source, const config::Item& item,
                                                     const model::Model& model, const std::string& name);

// What numbers of the type are in: "", years, per year, ...
[[nodiscard]] std::string unit_of(const expression::Type& type);

}  // namespace sojourn::sweep
