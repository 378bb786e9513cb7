// A scenario as a run of its own: what reproduces it as `sojourn run` would, with what it sets in the model said as
// `--set` says it.
#pragma once

#include <atomic>
#include <string>

#include "store/run_input.hpp"
#include "sweep/opened.hpp"

namespace sojourn::sweep {

// `scenario`: its id, or its number from 1. What is solved for is taken from the shards, or solved for. Throws
// InputError: no such scenario, or one that fails; RunError; engine::Stopped.
[[nodiscard]] store::RunInput scenario_input(Opened& sweep, const std::string& scenario, int threads,
                                             const std::atomic<bool>* stop);

}  // namespace sojourn::sweep
