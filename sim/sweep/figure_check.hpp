// Whether an outcome can come to what a figure says of it.
#pragma once

#include "config/reader.hpp"
#include "model/model.hpp"

namespace sojourn::sweep {

// Reports a `group` or `level` that the outcome does not have. Groups by number are left to the
// outcome's plan, which knows their values.
[[nodiscard]] bool check_level(const config::Source& source, const config::Fields& fields, const model::Model& model,
                               const model::Outcome& outcome);
// Reports a value that the outcome never has: a proportion beyond 0 and 1, a time or a count below 0.
void check_value(const config::Source& source, const config::Item& item, const model::Outcome& outcome, double value);

}  // namespace sojourn::sweep
