// The table of a collected sweep that says which strategy is best in each scenario.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "sweep/resolver.hpp"

namespace sojourn::sweep {

// `strategies`: their names, in the sweep's order.
[[nodiscard]] Table resolution_table(const Resolve& wanted, const std::vector<Resolution>& found,
                                     const std::vector<std::string>& strategies);

}  // namespace sojourn::sweep
