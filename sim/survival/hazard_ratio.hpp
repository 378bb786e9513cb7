// The hazard ratio of group 1 to group 0 by Cox's regression on the group alone, ties by Efron's approximation, as R's
// coxph has it: the b that maximises the partial likelihood, found by Newton's method, and its error from the
// information there. D. R. Cox, JRSS B 34, 1972; B. Efron, JASA 72, 1977.
#pragma once

#include <span>

#include "survival/risk_table.hpp"

namespace sojourn::survival {

struct HazardRatio {
  double logarithm = 0, error = 0;  // NaN where the events are all in one group, or there are none
};

// Of tables with two groups; causes are not told apart.
[[nodiscard]] HazardRatio hazard_ratio(std::span<const RiskTable> strata);

}  // namespace sojourn::survival
