// Untyped tree to typed tree: names to ids, levels from what they are compared with or chosen for, powers of time.
#pragma once

#include "expression/node.hpp"
#include "expression/parser.hpp"
#include "expression/problems.hpp"

namespace sojourn::expression {

// Nothing if there are problems; all of them are reported.
[[nodiscard]] NodePointer check(const Syntax& syntax, const Scope& scope, const std::optional<Type>& expected,
                                const Allowed& allowed, Problems& problems);

}  // namespace sojourn::expression
