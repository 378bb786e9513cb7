// Functions that are taken to be linear, and where the sum of their squares is least within bounds: a step of the
// search for the least sum of squares (least_squares.hpp).
#pragma once

#include <cstddef>
#include <vector>

namespace sojourn::sweep {

// values + slopes x step; slopes by row: residual, then variable.
struct LinearModel {
  std::vector<double> values, slopes;

  [[nodiscard]] std::vector<double> at(const double* step, std::size_t variables) const;
};

[[nodiscard]] double half_square(const std::vector<double>& values);
[[nodiscard]] double largest(const std::vector<double>& values);  // without sign

// The least of the model between two corners that have 0 between them.
[[nodiscard]] std::vector<double> best_step(const LinearModel& model, const std::vector<double>& low,
                                            const std::vector<double>& high);

}  // namespace sojourn::sweep
