// All expressions of a model but the definitions of its parameters: what a parameter can be used by.
#pragma once

#include <functional>
#include <vector>

#include "model/model.hpp"

namespace sojourn::model {

// `only`: leave out what other strategies decide.
void for_each_expression(const Model& model, const std::function<void(const Expression&)>& visit,
                         const Strategy* only = nullptr);

// By parameter: some expression depends on it, or some strategy's or other parameter's value that is used. `only`: of
// strategies, what this one decides and sets.
[[nodiscard]] std::vector<bool> parameters_in_use(const Model& model, const Strategy* only = nullptr);

}  // namespace sojourn::model
