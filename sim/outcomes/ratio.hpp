// Estimates that are a ratio of two sums over patients, X / N: a share (x = 0 or 1) or a mean time among those counted
// (n = 0 or 1; x = 0 where n = 0). Errors by the delta method: with residuals r = x - (X/N) n, Var = sum r^2 / N^2, and
// for the difference to the reference, over the same patients, Var = sum (r_A/N_A - r_R/N_R)^2. Both are ratios of
// integers, formed exactly from sums that do not depend on the order of patients, and rounded once.
#pragma once

#include <array>
#include <cstdint>

#include "base/exact_sum.hpp"
#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// Of a proportion: how many patients are marked so under this strategy and so under the reference.
class JointCounts {
 public:
  void add(Mark mark, Mark reference) {
    ++counts_[static_cast<std::size_t>(mark) * 4 + static_cast<std::size_t>(reference)];
  }
  void combine(const JointCounts& other);
  [[nodiscard]] Int128 count(Mark mark, Mark reference) const {
    return static_cast<Int128>(counts_[static_cast<std::size_t>(mark) * 4 + static_cast<std::size_t>(reference)]);
  }

 private:
  std::array<std::uint64_t, 16> counts_{};
};

// Of a time: sums over patients; x in the outcome's unit.
class TimeSums {
 public:
  void add(Mark mark, std::int64_t value, Mark reference, std::int64_t reference_value);
  void combine(const TimeSums& other);
  friend struct RatioSums;

 private:
  std::uint64_t n_ = 0, both_ = 0, too_short_ = 0;
  Int128 x_ = 0, xx_ = 0;
  Int128 cross_ = 0;                // x x_R
  Int128 x_where_reference_ = 0;    // x n_R
  Int128 reference_x_where_n_ = 0;  // n x_R
};

// The sums that every ratio comes from. `_r`: of the reference strategy.
struct RatioSums {
  Int128 n = 0, x = 0, xx = 0;
  Int128 n_r = 0, x_r = 0, xx_r = 0;
  Int128 cross = 0, x_nr = 0, n_xr = 0, both = 0;
  Int128 too_short = 0;

  static RatioSums of(const JointCounts& counts);
  static RatioSums of(const TimeSums& sums, const TimeSums& reference);
};

struct RatioEstimate {
  double estimate = 0, variance = 0;  // NaN without patients
  double difference = 0, difference_variance = 0;
  double independent_variance = 0;  // of the difference, had the strategies not shared their patients
};

// `unit` in which x is counted [years], or 1. Of a mean time, variances carry the factor m / (m - 1), m the number of
// patients counted under either strategy, as is usual for means; NaN if m = 1.
[[nodiscard]] RatioEstimate estimate_ratio(const RatioSums& sums, Quantity quantity, double unit);

}  // namespace sojourn::outcomes
