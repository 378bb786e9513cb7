// The reference of the mappings that the Shapes declare, as Markdown: a section each, every key in a row.
#pragma once

#include <string>

#include "config/keys.hpp"

namespace sojourn::config {

// Sections of level 2 for `root` and all that it leads to.
[[nodiscard]] std::string reference(const Shape& root);

}  // namespace sojourn::config
