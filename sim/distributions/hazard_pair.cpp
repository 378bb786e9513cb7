#include "distributions/hazard_pair.hpp"

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

template <class F>
HazardPair<double> of_family(const Law& law, double s) {
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
