// Points of Sobol's sequence in the unit cube.
#pragma once

#include <cstddef>
#include <vector>

namespace sojourn::sweep {

inline constexpr std::size_t most_sobol_dimensions = 3667;

// `points` after the first, the corner: by point, then dimension, each in (0, 1).
[[nodiscard]] std::vector<double> sobol_points(std::size_t points, std::size_t dimensions);

}  // namespace sojourn::sweep
