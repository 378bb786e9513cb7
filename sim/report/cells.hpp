// One number of the outcomes under every strategy: the rows that share outcome, measure, group, level and time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/result.hpp"

namespace sojourn::report {

struct Cell {
  std::string outcome, label, kind, measure, method, group, level, unit;
  double time = 0;                // [years]
  bool extrapolated = false;      // under some strategy
  std::vector<std::size_t> rows;  // by strategy, as simulated

  [[nodiscard]] bool is(const Cell& other) const;  // the same number, perhaps of another result
};

[[nodiscard]] std::vector<Cell> cells_of(const Result& result);
// Those the answer speaks of, the most important first.
[[nodiscard]] std::vector<Cell> main_cells(const Result& result);

}  // namespace sojourn::report
