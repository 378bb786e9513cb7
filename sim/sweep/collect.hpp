// The one result of a sweep: an HDF5 file (docs/sweeps.md says what is in it), and a CSV. Sums of all patients of a
// scenario are added up from its shards, exactly, and finished as those of a run are: the bytes do not depend on
// shards, threads or expansions.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sweep/figure_tally.hpp"
#include "sweep/opened.hpp"

namespace sojourn::sweep {

struct CollectOptions {
  int threads = 1;
  std::string out, csv;  // csv: the long table with its names; empty: none
  bool partial = false;  // with what is there
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::int64_t scenarios)> progress;
};

struct Collected {
  std::size_t scenarios = 0;
  std::vector<std::string> missing, failed, damaged;  // a line each, of scenarios and of files
  FigureTally figures;
  std::string digest;  // of the file; empty: it was not made, because something is missing
};

// Throws RunError where the file cannot be written.
[[nodiscard]] Collected collect(Opened& sweep, const CollectOptions& options);

}  // namespace sojourn::sweep
