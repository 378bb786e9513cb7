// The parameters' values under one strategy, given the values before any strategy: what the strategy sets, and what is
// derived from that. Ranges were checked when the values were made.
#pragma once

#include <span>
#include <vector>

#include "model/model.hpp"

namespace sojourn::outcomes {

[[nodiscard]] std::vector<double> strategy_parameters(const model::Model& model, const model::Strategy& strategy,
                                                      std::span<const double> base);

}  // namespace sojourn::outcomes
