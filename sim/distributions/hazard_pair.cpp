#include "distributions/hazard_pair.hpp"

#include <algorithm>

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

// S = sum w_i S_i; while little is lost 1 - S is summed, later log S with the largest share taken out.
HazardPair<double> of_mixture(const Law& law, double s) {
  std::vector<HazardPair<double>> parts;
  double most = -infinity, whole = 0, loss = 0;
  for (std::size_t i = 0; i < law.parts.size(); ++i) {
    parts.push_back(hazards_at(law.parts[i], s));
    const double weight = exp(law.table[i]);
    most = std::max(most, law.table[i] - parts[i].cumulative);
    whole += weight;
    loss += weight * expm1(-parts[i].cumulative);
  }
  double total = 0, falling = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double share = exp(law.table[i] - parts[i].cumulative - most);
    total += share;
    if (share > 0) falling += share * parts[i].hazard;
  }
  return {loss > -0.5 * whole ? -log1p(loss / whole) : -(most + log(total)), falling / total};
}

template <class F>
HazardPair<double> of_family(const Law& law, double s) {
  if constexpr (std::same_as<F, Mixture>) return of_mixture(law, s);
  if constexpr (requires { F::hazards(law, s); }) {
    return F::hazards(law, s);
  } else {
    return {F::cumulative_hazard(law, s), F::hazard(law, s)};
  }
}

constexpr auto by_family = for_each_family([]<class F>(FamilyTag<F>) { return &of_family<F>; });

}  // namespace

HazardPair<double> hazards_at(const Law& law, double s) {
  return by_family[law.family](law, s);
}

}  // namespace sojourn::distributions
