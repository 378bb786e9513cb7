// State probabilities of a Markov model from its matrix of rates, by Eigen.
#pragma once

#include <vector>

namespace sojourn::engine::testing {

// Row 0 of exp(rates t): the states of those who start in the first.
[[nodiscard]] std::vector<double> first_row_of_exponential(const std::vector<std::vector<double>>& rates, double t);

}  // namespace sojourn::engine::testing
