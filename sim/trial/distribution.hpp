// How a number is distributed over the replicates. Sums are made in the order of the replicates.
#pragma once

#include <span>

#include "trial/measure.hpp"

namespace sojourn::trial {

struct Spread {
  std::int64_t n = 0;  // replicates that have a value
  double mean = missing, sd = missing;
  double low = missing, median = missing, high = missing;  // quantiles 2.5%, 50%, 97.5%, as R's quantile()
  [[nodiscard]] double error() const;                      // of the mean
};

// Values that are NaN are passed over.
[[nodiscard]] Spread spread_of(std::span<const double> values);

// A share of n with its 95% interval (Wilson; Clopper and Pearson where it is 0 or 1).
struct Share {
  std::int64_t n = 0;
  double value = missing, error = missing, lower = missing, upper = missing;
};
[[nodiscard]] Share share_of(std::int64_t count, std::int64_t n);

}  // namespace sojourn::trial
