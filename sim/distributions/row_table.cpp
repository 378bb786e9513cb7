#include "distributions/row_table.hpp"

#include <algorithm>

namespace sojourn::distributions {

std::size_t RowTable::row_at(double u) const {
  if (cumulative.empty()) return std::min(static_cast<std::size_t>(u * static_cast<double>(rows)), rows - 1);
  const double wanted = u * cumulative.back();
  const auto last = std::lower_bound(cumulative.begin(), cumulative.end(), cumulative.back());
  return static_cast<std::size_t>(std::upper_bound(cumulative.begin(), last, wanted) - cumulative.begin());
}

}  // namespace sojourn::distributions
