// The folder that a sweep file's options name.
#pragma once

#include <string>

#include "command/sweep.hpp"

namespace sojourn::command {

// Made if it is not there; returns its path. Throws InputError where the sweep or its model have changed since.
[[nodiscard]] std::string make_sweep_folder(const SweepOptions& options);

}  // namespace sojourn::command
