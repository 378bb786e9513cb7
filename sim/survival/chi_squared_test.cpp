#include "survival/chi_squared_test.hpp"

#include <cstddef>
#include <utility>

#include "survival/tail.hpp"

namespace sojourn::survival {

ChiSquared chi_squared_test(std::span<const double> away, std::span<const double> covariance) {
  const std::size_t groups = away.size();
  std::vector<std::size_t> kept;
  for (std::size_t g = 0; g < groups; ++g) {
    if (covariance[g * groups + g] > 0) kept.push_back(g);
  }
  if (kept.size() < 2) return {};
  kept.pop_back();
  std::vector<double> x, v;
  for (const std::size_t g : kept) {
    x.push_back(away[g]);
    for (const std::size_t h : kept) v.push_back(covariance[g * groups + h]);
  }
  ChiSquared result{quadratic_form(std::move(v), std::move(x)), static_cast<int>(kept.size()), 1};
  result.p = chi_squared_p(result.value, result.degrees);
  return result;
}

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
