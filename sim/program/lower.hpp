// Model x strategy x parameter values -> Program.
#pragma once

#include <span>

#include "model/model.hpp"
#include "program/program.hpp"

namespace sojourn::program {

// `parameters`: the strategy's values (model::parameter_values). Throws InputError where a value cannot be lowered
// (a negative scale, say), naming the place in the user's file.
[[nodiscard]] Program lower(const model::Model& model, const model::Strategy& strategy,
                            std::span<const double> parameters);

// Whether two programs draw the same baseline attributes for every patient.
[[nodiscard]] bool same_cohort(const Program& a, const Program& b);

// Whether two programs of one model differ only in the branches that strategies decide: lives go the same way until one
// of those is decided differently.
[[nodiscard]] bool same_but_for_decisions(const Program& a, const Program& b);

}  // namespace sojourn::program
