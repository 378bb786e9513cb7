// A polynomial for one piece of a function between logarithms (compiled_map.hpp), from its slope and value at the 15
// zeros of chebyshev.hpp: the slope is fitted and integrated from the left, the values fix the constant and must be
// met.
#pragma once

#include <algorithm>

#include "distributions/chebyshev.hpp"
#include "distributions/compiled_map.hpp"

namespace sojourn::distributions {

struct CompiledSamples {
  std::array<double, chebyshev::nodes> slope{}, value{};
};

enum class Direction : std::uint8_t { forward, back };  // log H by log time, or log time by log H

struct CompiledPiece {
  double start = 0, width = 0, value = 0;
  std::array<double, CompiledMap::terms> a{};
  double excess = infinity;  // of what its errors may be; at most 1: it is good

  [[nodiscard]] bool known() const { return value == value; }
  // What the value rises by over u from the start, and its slope there
  [[nodiscard]] double up_to(double u) const;
  [[nodiscard]] double slope(double u) const;
  // u where it has risen by `rise`, from one that is not beyond it
  [[nodiscard]] double place_of(double rise, double from) const;
};

// `size`: of the logarithms that are rounded on the side of time.
[[nodiscard]] CompiledPiece fitted(double width, const CompiledSamples& samples, Direction direction, double size);

// By how much to make the next piece, or the same once more, wider or narrower.
[[nodiscard]] double growth(double excess);

}  // namespace sojourn::distributions
