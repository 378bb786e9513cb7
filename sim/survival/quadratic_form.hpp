// x' V^-1 x for a symmetric positive definite V (row by row), by Cholesky's factors: what chi-squared tests are made
// of. A direction in which V has come to nothing by rounding (below 1e-12 of its diagonal) adds nothing.
#pragma once

#include <vector>

namespace sojourn::survival {

[[nodiscard]] double quadratic_form(std::vector<double> v, std::vector<double> x);

}  // namespace sojourn::survival
