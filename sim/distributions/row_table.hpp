// Patients as rows of a table: a joint distribution of attributes without a formula. A row is taken whole, so that what
// belongs together stays together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::distributions {

struct RowTable {
  std::string file;                          // as the model names it
  std::vector<std::vector<double>> columns;  // by attribute, by row
  std::size_t rows = 0;
  bool in_order = false;           // patient i has row i, beginning again after the last
  std::vector<double> cumulative;  // running sums of the weights; empty: all rows alike

  // The first row at which the running sum of the weights exceeds u times their total, 0 < u < 1.
  [[nodiscard]] std::size_t row_at(double u) const;
  // Patients count from 1.
  [[nodiscard]] std::size_t row_of_patient(std::int64_t patient) const {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(patient) - 1) % rows);
  }
};

}  // namespace sojourn::distributions
