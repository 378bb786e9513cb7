// What share and distribution have in common: a value at one instant, the end of follow-up or a time since the origin.
#pragma once

#include "outcomes/kind.hpp"

namespace sojourn::outcomes {

void check_instant(const model::Model& model, const model::Outcome& outcome);

// `codes`: what is looked at, under each set of parameters; `levels`: what it can be.
void prepare_at_instant(const Setup& setup, const std::vector<Code>& codes, std::vector<double> levels, Item& item);
void observe_at_instant(const Item& item, const Answers& answers, const Counted& counted, Records& records);

// Some counted life's value at the end of follow-up is another than at the end of observation.
[[nodiscard]] bool changes_late(const Item& item, const Answers& answers, const Counted& counted);

}  // namespace sojourn::outcomes
