// Tables beside the outcomes: every two strategies compared, costs against effects, curves over time, ways between
// states.
#pragma once

#include <optional>

#include "base/table.hpp"
#include "outcomes/best.hpp"
#include "outcomes/results.hpp"
#include "outcomes/sums.hpp"

namespace sojourn::outcomes {

// How sure the simultaneous intervals of one number are, where it is otherwise than for all others.
struct SpecialInterval {
  NumberPlace place;
  Confidence confidence;
};

// One row for each number and each two strategies; simultaneous intervals hold for all strategies against one at once.
[[nodiscard]] Table comparisons_table(const Compiled& plan, const Sums& sums,
                                      const std::optional<SpecialInterval>& special = {});

// Of Results::cost_effectiveness: a row a strategy; a row a threshold and strategy.
[[nodiscard]] Table cost_effectiveness_table(const Results& results);
[[nodiscard]] Table net_benefit_table(const Results& results);

// Survival and incidence outcomes over time, and the occupancy of every state.
[[nodiscard]] Table curves_table(const Compiled& plan, const Sums& sums);

// How often each way from a state to another is taken.
[[nodiscard]] Table flows_table(const Compiled& plan, const Sums& sums);

}  // namespace sojourn::outcomes
