// A count by inversion: the smallest k with F(k) >= u, found by bisection, F from the incomplete gamma and beta
// functions in whichever tail u lies:
//   poisson            F(k) = Q(k + 1, mean)
//   negative_binomial  F(k) = I_p(s, k + 1), s = 1/dispersion, p = s / (s + mean); variance mean + dispersion mean^2
// With bounds: the value at F(min - 1) + u (F(max) - F(min - 1)). Means to 1e6, dispersions from 1e-8 (0 is the Poisson
// distribution) to where mean x dispersion is 1e7: beyond these, counts leave the range in which F is exact.
#pragma once

#include "distributions/attribute_draw.hpp"

namespace sojourn::distributions {

inline constexpr double largest_mean_count = 1e6, smallest_dispersion = 1e-8, largest_mean_times_dispersion = 1e7;

// Whether a (mean) and b (dispersion) lie within these limits.
[[nodiscard]] bool countable(const AttributeDraw& draw);

// 0 < u < 1; NaN where nothing lies between the bounds. `draw` is countable.
[[nodiscard]] double count_at(const AttributeDraw& draw, double u);

}  // namespace sojourn::distributions
