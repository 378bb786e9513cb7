// From a scenario's sums to its numbers.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "outcomes/results.hpp"
#include "sweep/scenarios.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {

struct ScenarioEstimates {
  outcomes::Results results;  // rows only
  Table comparisons;
};

// `parts`: stored sums of some patients each; none: of no patients, to see which numbers there are. `solved`: the
// parameters that are solved for. Throws InputError, RunError (sums that do not fit the model).
[[nodiscard]] ScenarioEstimates estimate(const Scenarios& scenarios, Variants& variants, std::size_t scenario,
                                         const std::vector<std::string>& parts, std::span<const double> solved);

}  // namespace sojourn::sweep
