// The whole run by several processes, or by one as several would do it: each takes pieces of the patients as it comes
// to them; what they add up to is exact, so that it is what one process would have. Lives that are kept go to a file a
// piece, see store/shards.hpp. The bytes of all files are the same for any number of processes and threads.
#pragma once

#include "analysis/simulate.hpp"
#include "team/team.hpp"

namespace sojourn::analysis {

// As simulate(), called by all processes with the same arguments but `threads`. Only in the first one there are results
// then, and in the first one only the file `out` is written. What is thrown is thrown in all. Throws InputError for an
// experiment with samples.
[[nodiscard]] Simulated simulate_together(const Experiment& experiment, store::RunInput input,
                                          const SimulateOptions& options, team::Team& team);

}  // namespace sojourn::analysis
