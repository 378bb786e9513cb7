// Works on a sweep until every scenario is resolved, or has had as many patients as it may.
#pragma once

#include "sweep/resolver.hpp"

namespace sojourn::sweep {

struct ResolveReport {
  std::size_t resolved = 0, equal = 0, not_resolved = 0;  // scenarios of the share
  std::size_t unfinished = 0;                             // that failed, or wait for shards of others
};

// What is missing first, then look by look. Counts in `report` all that was made; options.total is told for each look.
// Called by all of the team; the first process looks and tells the others who goes on, and the reports are its own.
[[nodiscard]] ResolveReport run_and_resolve(Opened& sweep, const RunOptions& options, team::Team& team,
                                            RunReport& report);

// From what is there. The plan of `sweep` then has the stages of all looks that are begun or could begin.
[[nodiscard]] ResolveReport resolved_so_far(Opened& sweep, int threads);

}  // namespace sojourn::sweep
