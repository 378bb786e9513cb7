// What survival and incidence have in common: the first time of the target, before anything that competes with it.
#pragma once

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

// Proportions at the outcome's times, then the restricted mean if there is one.
[[nodiscard]] std::vector<Cell> cells_of_times(const model::Model& model, const model::Outcome& outcome,
                                               Functional at_time, Functional mean);

void prepare_to_event(const Setup& setup, Item& item);
void observe_to_event(const Item& item, const Answers& answers, const Counted& counted, Records& records);

// How one leaves the curve; nothing if she leaves it by the landmark.
[[nodiscard]] std::optional<CurveEnd> curve_end(const Item& item, const Answers& answers, std::size_t life);

}  // namespace sojourn::outcomes
