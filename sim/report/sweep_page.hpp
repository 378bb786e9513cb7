// What the page of a collected sweep shows, as JSON (its parts: web/sections/sweep_index.js).
#pragma once

#include <string>

#include "base/json.hpp"
#include "report/sweep.hpp"

namespace sojourn::report {

[[nodiscard]] Json sweep_data(const Sweep& sweep, const std::string& version);

}  // namespace sojourn::report
