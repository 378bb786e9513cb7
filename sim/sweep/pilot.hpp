// A few scenarios tried with a few patients, to tell how long a sweep will take and how much it will write.
#pragma once

#include "sweep/draft.hpp"
#include "sweep/figure_tally.hpp"

namespace sojourn::sweep {

struct Pilot {
  double seconds_a_life = 0;         // of one thread
  double seconds_a_scenario = 0;     // what each costs besides its lives
  double bytes_a_scenario = 0;       // of stored sums
  std::string failure;               // of a scenario that could not be tried
  double seconds_an_evaluation = 0;  // of the figures, by one thread
  std::size_t solutions = 0;         // found for the figures, each for all scenarios that share it
  FigureTally figures;               // of the scenarios tried, nothing solved for
};

// What the figures of all scenarios take one thread, about. [s]
[[nodiscard]] double figure_seconds(const Draft& draft, const Pilot& pilot);

[[nodiscard]] Pilot try_some(const Draft& draft, const model::Sources& sources, std::uint32_t seed);

}  // namespace sojourn::sweep
