// From a scenario's sums to its numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/table.hpp"
#include "outcomes/more_tables.hpp"
#include "outcomes/results.hpp"
#include "sweep/scenarios.hpp"
#include "sweep/variants.hpp"

namespace sojourn::sweep {

// What a scenario's patients add up to.
struct ScenarioSums {
  outcomes::Plan plan;
  outcomes::Sums sums;
};

// `parts`: stored sums of some patients each; none: of no patients, to see which numbers there are. `solved`: the
// parameters that are solved for. Throws InputError, RunError (sums that do not fit the model).
[[nodiscard]] ScenarioSums sums_of(const Scenarios& scenarios, Variants& variants, std::size_t scenario,
                                   const std::vector<std::string>& parts, std::span<const double> solved);

struct ScenarioEstimates {
  outcomes::Results results;  // rows only
  Table comparisons;
  std::vector<Table> more;  // cost_effectiveness and net_benefit, where there are any
};

// `special`: of one number the simultaneous intervals are these; none: as all others.
[[nodiscard]] ScenarioEstimates estimates_of(const ScenarioSums& made,
                                             const std::optional<outcomes::SpecialInterval>& special);

}  // namespace sojourn::sweep
