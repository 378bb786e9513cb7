#include "distributions/landmarks.hpp"

#include <algorithm>

#include "distributions/families.hpp"

namespace sojourn::distributions {

namespace {

Landmarks of_parts(const Law& law) {
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

Landmarks of_truncated(const Law& law) {
  Landmarks part = of_parts(law);
  part.origin = std::max(part.origin, law.c[0]);
  part.end = std::min(part.end, law.c[1]);
  return part;
}

Landmarks of_spline(const Law& law) {
  const std::span<const double> knots = law.table.first(law.table.size() / 5);
  Landmarks made{0, infinity, {knots.begin(), knots.end()}, true};
  if (law.c[1] == static_cast<double>(SplineTime::log)) {
    for (double& knot : made.kinks) knot = exp(knot);
  }
  return made;
}

// The breaks, and as the origin the first with a positive rate.
Landmarks of_rates(const Law& law) {
  const std::size_t count = law.table.size() / 4;
  Landmarks made;
  bool begun = false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!begun && law.table[count + i] > 0) made.origin = law.table[i];
    begun = begun || law.table[count + i] > 0;
    made.kinks.push_back(law.table[i]);
  }
  return made;
}

template <class F>
Landmarks of_family(const Law& law) {
  if constexpr (std::same_as<F, Mixture>) return of_parts(law);
  if constexpr (std::same_as<F, Truncated>) return of_truncated(law);
  if constexpr (std::same_as<F, RoystonParmar>) return of_spline(law);
  if constexpr (std::same_as<F, PiecewiseExponential> || std::same_as<F, LifeTable>) return of_rates(law);
  if constexpr (std::same_as<F, Uniform>) return {law.c[0], law.c[1], {}, true};
  return {0, infinity, {}, !(std::same_as<F, Fixed> || std::same_as<F, Tabulated> || std::same_as<F, Lexis>)};
}

constexpr auto by_family = for_each_family([]<class F>(FamilyTag<F>) { return &of_family<F>; });

Landmarks found(const Law& law) {
  return by_family[law.family](law);
}

}  // namespace

Landmarks landmarks(const Law& law) {
  Landmarks made = found(law);
  std::ranges::sort(made.kinks);
  const auto [repeated, end] = std::ranges::unique(made.kinks);
  made.kinks.erase(repeated, end);
  std::erase_if(made.kinks, [&](double kink) { return !(kink > made.origin && kink < made.end); });
  return made;
}

}  // namespace sojourn::distributions
