// A value as YAML between brackets and braces, which reads back as the same value.
#pragma once

#include <string>

#include "config/tree.hpp"

namespace sojourn::config {

[[nodiscard]] std::string flow_text(const Node& node);

}  // namespace sojourn::config
