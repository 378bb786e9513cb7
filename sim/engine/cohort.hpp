// Draws a patient's baseline attributes: a whole row of the cohort's table, if it has one, then the others by
// inversion, one addressed uniform each.
#pragma once

#include <span>

#include "engine/observer.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

// Fills attributes (all of the model's: initial values, then the drawn ones in order). Returns the number of draws.
// Throws InputError naming the patient where a value cannot be drawn (a probability above 1, a negative sd).
std::uint64_t draw_attributes(const program::Program& program, std::int64_t patient, std::span<double> attributes,
                              Observer* observer = nullptr);

}  // namespace sojourn::engine
