#include "base/square_matrix.hpp"

#include "base/lane.hpp"

namespace sojourn {

Cholesky cholesky(const SquareMatrix& matrix) {
  constexpr double least_pivot = 1e-10;  // below it a row is as good as made of others
  const std::size_t n = matrix.size();
  SquareMatrix factor(n);
  for (std::size_t i = 0; i < n; ++i) {
    double pivot = matrix.at(i, i);
    for (std::size_t j = 0; j < i; ++j) {
      double rest = matrix.at(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= factor.at(i, k) * factor.at(j, k);
      const double entry = rest / factor.at(j, j);
      factor.at(i, j) = entry;
      pivot -= entry * entry;
    }
    if (!(pivot > least_pivot * matrix.at(i, i))) return {std::nullopt, i};
    factor.at(i, i) = root(pivot);
  }
  return {std::move(factor), 0};
}

}  // namespace sojourn
