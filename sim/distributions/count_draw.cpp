#include "distributions/count_draw.hpp"

#include <cmath>

#include "base/elementary.hpp"
#include "base/special.hpp"

namespace sojourn::distributions {
namespace {

constexpr double least_probability = 1e-300;  // below it an interval has none
constexpr double largest_count = 1e9;

struct Tails {
  double below, above;  // F(k), 1 - F(k), each with its own accuracy
};

Tails poisson(double mean, double k) {
  const double hazard = gamma_hazards(gamma_shape(k + 1), mean).cumulative;  // -log F(k)
  return {exp(-hazard), -expm1(-hazard)};
}

Tails negative_binomial(double mean, double dispersion, double k) {
  const double odds = mean * dispersion, size = 1 / dispersion;
  const auto parts = incomplete_beta(beta_shape(size, k + 1), 1 / (1 + odds), odds / (1 + odds));
  return {parts.below, parts.above};
}

Tails tails(const AttributeDraw& draw, double k) {
  if (k < 0) return {0, 1};
  if (k >= largest_count || draw.a == 0) return {1, 0};
  return draw.kind == DrawKind::poisson || draw.b == 0 ? poisson(draw.a, k) : negative_binomial(draw.a, draw.b, k);
}

// What is looked for: F(k) is to reach `tail` from below, or 1 - F(k) to fall to it.
struct Wanted {
  bool upper;
  double tail;
  [[nodiscard]] bool reached(const Tails& at) const { return upper ? at.above <= tail : at.below >= tail; }
};

// Steps that double from a first guess until the place lies between `low`, not reached, and `high`; then bisection.
double smallest(const AttributeDraw& draw, double guess, const Wanted& wanted) {
  double low = -1, high = larger(0.0, std::floor(guess)), step = 1;
  if (wanted.reached(tails(draw, high))) {
    while (high > 0) {
      const double next = larger(0.0, high - step);
      if (!wanted.reached(tails(draw, next))) {
        low = next;
        break;
      }
      high = next;
      step *= 2;
    }
  } else {
    do {
      low = high;
      high += step;
      step *= 2;
    } while (!wanted.reached(tails(draw, high)));
  }
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (wanted.reached(tails(draw, middle)) ? high : low) = middle;
  }
  return high;
}

// In the tail in which the interval between the bounds lies; without them in that of u.
Wanted wanted_at(const AttributeDraw& draw, double u) {
  if (!draw.bounded()) return u > 0.5 ? Wanted{true, 1 - u} : Wanted{false, u};
  const Tails low = tails(draw, std::ceil(draw.min) - 1), high = tails(draw, std::floor(draw.max));
  const bool upper = low.below > 0.5;
  const double inside = upper ? low.above - high.above : high.below - low.below;
  if (!(inside > least_probability)) return {upper, not_a_number};
  return {upper, upper ? high.above + (1 - u) * inside : low.below + u * inside};
}

}  // namespace

bool countable(const AttributeDraw& draw) {
  if (!(draw.a >= 0 && draw.a <= largest_mean_count)) return false;
  if (draw.kind == DrawKind::poisson || draw.b == 0) return true;
  return draw.b >= smallest_dispersion && draw.b <= largest_mean_times_dispersion &&
         draw.a * draw.b <= largest_mean_times_dispersion;
}

double count_at(const AttributeDraw& draw, double u) {
  const Wanted wanted = wanted_at(draw, u);
  if (wanted.tail != wanted.tail) return not_a_number;
  const double variance = draw.a + (draw.kind == DrawKind::poisson ? 0 : draw.b * draw.a * draw.a);
  const double found = smallest(draw, draw.a + root(variance) * normal_quantile(u), wanted);
  const double low = std::ceil(draw.min), high = std::floor(draw.max);
  return found < low ? low : found > high ? high : found;  // rounding of F at a bound
}

}  // namespace sojourn::distributions
