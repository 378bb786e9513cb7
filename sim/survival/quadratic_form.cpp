#include "survival/quadratic_form.hpp"

#include <cstddef>

namespace sojourn::survival {

// V = L D L', L with ones on its diagonal, made in place; x becomes L^-1 x.
double quadratic_form(std::vector<double> v, std::vector<double> x) {
  const std::size_t n = x.size();
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double whole = v[i * n + i];
    for (std::size_t j = 0; j < i; ++j) {
      double part = v[i * n + j];
      for (std::size_t k = 0; k < j; ++k) part -= v[i * n + k] * v[j * n + k] * v[k * n + k];
      const double pivot = v[j * n + j];
      v[i * n + j] = pivot > 0 ? part / pivot : 0;
      v[i * n + i] -= v[i * n + j] * v[i * n + j] * pivot;
      x[i] -= v[i * n + j] * x[j];
    }
    if (v[i * n + i] <= 1e-12 * whole) v[i * n + i] = 0;
    if (v[i * n + i] > 0) sum += x[i] * x[i] / v[i * n + i];
  }
  return sum;
}

}  // namespace sojourn::survival
