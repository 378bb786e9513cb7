#include "sweep/looks.hpp"

#include "outcomes/sequential.hpp"

namespace sojourn::sweep {

std::vector<Look> looks_of(const Resolve& wanted, std::int64_t patients, std::size_t strategies) {
  const double error = wanted.error / static_cast<double>(strategies - 1);
  std::vector<Look> looks;
  std::vector<double> sizes, spent;
  for (std::int64_t n = patients; looks.empty() || n <= wanted.most_patients; n *= 2) {
    const auto k = static_cast<double>(looks.size() + 1);
    looks.push_back({n, {0, error / (k * (k + 1)) / 2}});
    sizes.push_back(static_cast<double>(n));
    spent.push_back(error * (k / (k + 1)));
    if (n > wanted.most_patients / 2) break;
  }
  const std::vector<double> z = outcomes::sequential_quantiles(sizes, spent);
  for (std::size_t k = 0; k < looks.size(); ++k) looks[k].confidence.z = z[k];
  return looks;
}

}  // namespace sojourn::sweep
