// The chi-squared test that groups do not differ, from how far each is away from what is expected of it (these add up
// to 0) and the covariance V of that: x' V^-1 x over all groups but one, by Cholesky's factors.
#pragma once

#include <span>
#include <vector>

namespace sojourn::survival {

struct ChiSquared {
  double value = 0;  // 0 where nothing can be said
  int degrees = 0;   // of freedom
  double p = 1;
};

// `covariance` row by row. A group with variance 0 says nothing and takes no degree of freedom.
[[nodiscard]] ChiSquared chi_squared_test(std::span<const double> away, std::span<const double> covariance);

// x' V^-1 x for a symmetric positive definite V. A direction in which V has come to nothing by rounding (below 1e-12 of
// its diagonal) adds nothing.
[[nodiscard]] double quadratic_form(std::vector<double> v, std::vector<double> x);

}  // namespace sojourn::survival
