// The estimates of an item's cells under one strategy and against another, whatever they are made of.
#pragma once

#include <vector>

#include "outcomes/ratio.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

struct CellEstimate {
  RatioSums sums;  // of a net benefit: those of the cost, without who has more and who has less
  RatioEstimate result;
};

// By cell; quantiles have none. The pair is one of the plan's, or the same strategy twice.
[[nodiscard]] std::vector<CellEstimate> cell_estimates(const Item& item, const Sums& sums, std::size_t group,
                                                       std::size_t strategy, std::size_t against);

}  // namespace sojourn::outcomes
