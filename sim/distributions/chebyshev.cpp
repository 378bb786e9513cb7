#include "distributions/chebyshev.hpp"

#include "base/elementary_sin.hpp"

namespace sojourn::distributions::chebyshev {

namespace {

// cos(i pi / 30), from sines of angles up to 30 degrees
double cosine(int i) {
  constexpr double step = 0x1.acee9f37bebd5p-4;  // pi / 30
  i %= 60;
  if (i > 30) i = 60 - i;
  if (i > 15) return -cosine(30 - i);
  if (i == 0) return 1;
  if (i >= 10) return sin_within_sixth_of_pi((15 - i) * step);
  const double half = sin_within_sixth_of_pi(0.5 * i * step);
  return 1 - 2 * half * half;
}

struct Basis {
  std::array<double, nodes> zeros{};                        // in [0, 1], rising
  std::array<std::array<double, nodes>, nodes> at_zeros{};  // [k][j]: T_k at the zero j
  std::array<std::array<double, terms>, terms> powers{};    // [k][j]: the coefficient of s^j in T_k(2 s - 1)

  Basis() {
    for (int j = 0; j < nodes; ++j) {
      const int angle = 2 * (nodes - 1 - j) + 1;
      const auto at = static_cast<std::size_t>(j);
      const double half = cosine(30 - angle);  // -cos
      zeros[at] = 0.5 - 0.5 * half;
      for (int k = 0; k < nodes; ++k) at_zeros[static_cast<std::size_t>(k)][at] = cosine(k * angle);
    }
    powers[0][0] = 1;
    powers[1] = {-1, 2};
    for (std::size_t k = 2; k < terms; ++k) {  // T_k = 2 (2 s - 1) T_(k-1) - T_(k-2)
      for (std::size_t j = 0; j <= k; ++j) {
        powers[k][j] = (j > 0 ? 4 * powers[k - 1][j - 1] : 0) - 2 * powers[k - 1][j] - powers[k - 2][j];
      }
    }
  }
};
const Basis& basis() {
  static const Basis made;
  return made;
}

}  // namespace

const std::array<double, nodes>& zeros() {
  return basis().zeros;
}

Polynomial fit(const std::array<double, nodes>& values) {
  const Basis& b = basis();
  std::array<double, nodes> c{};
  for (std::size_t k = 0; k < nodes; ++k) {
    double sum = 0;
    for (std::size_t j = 0; j < nodes; ++j) sum += values[j] * b.at_zeros[k][j];
    c[k] = sum * ((k == 0 ? 1.0 : 2.0) / nodes);
  }
  Polynomial made{};
  for (std::size_t k = 0; k < terms; ++k) {
    for (std::size_t j = 0; j <= k; ++j) made.a[j] += c[k] * b.powers[k][j];
  }
  const auto size = [&](std::size_t k) { return c[k] < 0 ? -c[k] : c[k]; };
  const double last = size(13) + 4 * size(14), before = (size(11) + size(12)) / 64;
  made.error = last > before ? last : before;
  return made;
}

}  // namespace sojourn::distributions::chebyshev
