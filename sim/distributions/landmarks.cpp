#include "distributions/landmarks.hpp"

#include <algorithm>

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

template <class F>
Landmarks of_family([[maybe_unused]] const Law& law) {
  if constexpr (requires { F::landmarks(law); }) {
    return F::landmarks(law);
  } else {
    return {};
  }
}

constexpr auto by_family = for_each_family([]<class F>(FamilyTag<F>) { return &of_family<F>; });

}  // namespace

Landmarks landmarks_of_parts(const Law& law) {
  Landmarks all{infinity, 0, {}, true};
  for (const Law& one : law.parts) {
    const Landmarks part = landmarks(one);
    all.origin = std::min(all.origin, part.origin);
    all.end = std::max(all.end, part.end);
    all.kinks.push_back(part.origin);
    all.kinks.push_back(part.end);
    all.kinks.insert(all.kinks.end(), part.kinks.begin(), part.kinks.end());
    all.smooth = all.smooth && part.smooth;
  }
  return all;
}

Landmarks landmarks(const Law& law) {
  Landmarks made = by_family[law.family](law);
  std::ranges::sort(made.kinks);
  const auto [repeated, end] = std::ranges::unique(made.kinks);
  made.kinks.erase(repeated, end);
  std::erase_if(made.kinks, [&](double kink) { return !(kink > made.origin && kink < made.end); });
  return made;
}

}  // namespace sojourn::distributions
