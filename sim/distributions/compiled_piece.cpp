#include "distributions/compiled_piece.hpp"

namespace sojourn::distributions {

namespace {

constexpr std::size_t nodes = chebyshev::nodes;
constexpr double fit_tolerance = 1.5e-13;  // of the slope
constexpr double most_change = 100;        // of the slope over a piece, so that its polynomial cancels little
constexpr double most_bend = 30;           // of log slope by log H: what an error of 1e-14 in log H does to differences

// What a value may be off at a slope kappa of log H over log s': a little, and what rounding of the logarithm of the
// time costs, of which `size` is the size.
double value_allowance(double kappa, double size) {
  return 2e-13 + 0x1p-52 * kappa * (1 + size);
}

}  // namespace

double CompiledPiece::up_to(double u) const {
  double sum = 0;
  for (std::size_t j = a.size(); j-- > 0;) sum = sum * u + a[j];
  return u * sum;
}

double CompiledPiece::slope(double u) const {
  double sum = 0;
  for (std::size_t j = a.size(); j-- > 0;) sum = sum * u + a[j] * static_cast<double>(j + 1);
  return sum;
}

double CompiledPiece::place_of(double rise, double from) const {
  double u = from;
  for (int i = 0; i < 40; ++i) {  // Newton's method
    const double moved = std::clamp(u + (rise - up_to(u)) / slope(u), 0.0, 1.001 * width);
    const bool settled = magnitude(moved - u) <= 0x1p-51 * width;
    u = moved;
    if (settled) break;
  }
  return u;
}

CompiledPiece fitted(double width, const CompiledSamples& samples, Direction direction, double size) {
  CompiledPiece piece;
  piece.width = width;
  const auto [least, most] = std::ranges::minmax(samples.slope);
  const bool sudden = direction == Direction::back && log(most / least) > most_bend * width;
  if (!(least > 0 && most <= most_change * least) || sudden) return piece;
  const chebyshev::Polynomial polynomial = chebyshev::fit(samples.slope);
  double power = 1;
  for (std::size_t j = 0; j < piece.a.size(); ++j) {
    piece.a[j] = polynomial.a[j] / (static_cast<double>(j + 1) * power);
    power *= width;
  }
  std::array<double, nodes> rest{};
  double sum = 0;
  for (std::size_t k = 0; k < nodes; ++k) {
    rest[k] = samples.value[k] - piece.up_to(width * chebyshev::zeros()[k]);
    sum += rest[k];
  }
  piece.value = sum / nodes;
  double off = 0;
  for (std::size_t k = 0; k < nodes; ++k) {
    const double slope = samples.slope[k], miss = magnitude(rest[k] - piece.value);
    off = std::max(off, direction == Direction::forward ? miss / value_allowance(slope, size)
                                                        : miss / slope / value_allowance(1 / slope, size));
  }
  const double noise = std::min(0x1p-52 * (most - least) / width, 2 * fit_tolerance * least);  // of the arguments
  piece.excess = std::max(polynomial.error / std::max(fit_tolerance * least, noise), off);
  if (!(piece.excess < infinity)) piece.excess = infinity;
  return piece;
}

// The error is of the 13th order, down to rounding.
double growth(double excess) {
  if (!(excess < 1e12)) return 0.3;
  if (excess < 0.05) return 1.6;
  return std::clamp(0.95 * pow(excess, -1.0 / 13), 0.3, excess > 1 ? 0.8 : 3.0);
}

}  // namespace sojourn::distributions
