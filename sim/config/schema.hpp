// A JSON Schema (draft 7, which editors know best) from the Shapes that reading goes by. It says which keys there are,
// what each may hold as far as its form tells, and which go together; what names refer to, and what expressions mean,
// is left to reading. What it accepts may still be refused; what it refuses is always refused.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "config/keys.hpp"

namespace sojourn::config {

// `no_names`: words that cannot be the names of things.
[[nodiscard]] std::string json_schema(const Shape& root, std::span<const std::string_view> no_names);

}  // namespace sojourn::config
