// Version of the layout of result files: stored at the root, raised when a dataset changes its name, type or meaning.
#pragma once

#include <cstdint>

namespace sojourn::store {

inline constexpr std::int64_t schema_version = 1;

}  // namespace sojourn::store
