// Reference arithmetic for the tests: 50 decimal digits, and the error of a double against it in units of the last
// place (of the double nearest to the exact value; 2^-1074 below the normal range).
#pragma once

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>

namespace sojourn::test {

using Precise = boost::multiprecision::cpp_bin_float_50;

inline double ulp_error(double got, const Precise& exact) {
  const double nearest = static_cast<double>(exact);
  if (got == nearest) {
    if (nearest == 0 || std::isinf(nearest)) return 0;
  } else if (!std::isfinite(got) || !std::isfinite(nearest)) {
    return std::numeric_limits<double>::infinity();
  }
  int exponent = 0;
  std::frexp(nearest, &exponent);
  const Precise unit = std::ldexp(1.0, std::max(exponent - 53, -1074));
  return std::abs(static_cast<double>((Precise(got) - exact) / unit));
}

inline double relative_error(double got, const Precise& exact) {
  if (exact == 0) return got == 0 ? 0 : std::numeric_limits<double>::infinity();
  return std::abs(static_cast<double>((Precise(got) - exact) / exact));
}

// The largest of what is shown to it, and where it was.
class Largest {
 public:
  void see(double error, double x, double y = 0) {
    if (error <= value) return;  // a NaN error is seen
    value = std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
    at = x;
    at_too = y;
  }
  double value = -1, at = 0, at_too = 0;
};
inline std::ostream& operator<<(std::ostream& out, const Largest& l) {
  return out.precision(17), out << l.value << " at " << l.at << ", " << l.at_too;
}

// Inputs: uniform, log-uniform, and near a point at all distances.
class Inputs {
 public:
  explicit Inputs(std::uint64_t seed) : bits_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits_() >> 11) * 0x1p-53);
  }
  double log_between(double low, double high) {
    return std::min(high, std::max(low, std::exp2(between(std::log2(low), std::log2(high)))));
  }
  double near_point(double point, double smallest, double largest) {
    const double distance = log_between(smallest, largest);
    return (bits_() & 1) != 0 ? point + distance : point - distance;
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace sojourn::test
