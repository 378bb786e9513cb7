// What the two ways to run, one process (simulate.cpp) and several (together.cpp), share.
#pragma once

#include "outcomes/results.hpp"

namespace sojourn::analysis {

// Whether lives are estimated from, or have been before and are lived once more to be stored.
enum class Estimate : bool { no, yes };

template <class File>
void write_tables(File& file, const outcomes::Results& results) {
  file.write_table(outcomes::table(results));
  for (const Table& more : results.tables) file.write_table(more);
}

}  // namespace sojourn::analysis
