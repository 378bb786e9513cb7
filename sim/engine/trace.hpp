// One life in words: every draw, every running clock when something happens.
#pragma once

#include <cstdint>
#include <ostream>

#include "program/program.hpp"

namespace sojourn::engine {

// Times are written in days (first year) or years. Throws what the simulation of this patient throws, after the
// lines that lead up to it.
void trace(const program::Program& program, std::int64_t patient, std::ostream& out);

}  // namespace sojourn::engine
