#include "engine/matrix_exponential.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>
#pragma GCC diagnostic pop

namespace sojourn::engine::testing {

std::vector<double> first_row_of_exponential(const std::vector<std::vector<double>>& rates, double t) {
  const auto n = static_cast<Eigen::Index>(rates.size());
  Eigen::MatrixXd generator(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      generator(i, j) = t * rates[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  const Eigen::MatrixXd exponential = generator.exp();
  std::vector<double> row;
  for (Eigen::Index j = 0; j < n; ++j) row.push_back(exponential(0, j));
  return row;
}

}  // namespace sojourn::engine::testing
