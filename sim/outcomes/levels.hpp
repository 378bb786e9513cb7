// The values that a group or a distribution can take: false and true, the levels of a category, whole numbers.
#pragma once

#include <span>
#include <vector>

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// Empty where there is no list of values.
[[nodiscard]] std::vector<GroupLevel> levels_of(const model::Attribute& attribute);

// Of an expression: a boolean's and a category's own; a number's if it depends on one attribute with levels and nothing
// else (crs_grade, min(crs_grade, 3)).
[[nodiscard]] std::vector<GroupLevel> levels_of(const model::Model& model, const expression::Expression& expression,
                                                const Code& code);

}  // namespace sojourn::outcomes
