// A function on an interval as the polynomial of degree 12 of its Chebyshev series, from its values at the 15 zeros of
// T_15. Its error is at most |c_13| + |c_14|, which are left out, and 2 (|c_15| + ...), left out and folded into
// others. If coefficients fall at least by half each from c_14 on, that is below |c_13| + 4 |c_14|; (|c_11| + |c_12|) /
// 64 stands in where the last two are small by accident. Source: L. N. Trefethen, Approximation Theory and
// Approximation Practice, 2013, chapters 3, 4 and 8.
#pragma once

#include <array>

namespace sojourn::distributions::chebyshev {

inline constexpr int nodes = 15, terms = 13;

// The zeros of T_15 in [0, 1], rising.
[[nodiscard]] const std::array<double, nodes>& zeros();

struct Polynomial {
  std::array<double, terms> a;  // sum of a_j s^j, s from 0 to 1
  double error;
};
[[nodiscard]] Polynomial fit(const std::array<double, nodes>& values);

}  // namespace sojourn::distributions::chebyshev
