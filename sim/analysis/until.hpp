// As many patients as a wanted precision needs. Looks at the outcomes after a few thousand and then after as many as
// the errors so far say are needed (they shrink as 1 / sqrt(patients)), at most eight times as many as at the look
// before, so that a chance small first error does not overshoot. Where it looks follows from the results alone: the
// same patients on any number of threads. Stopping by an estimated error biases estimates by O(1 / patients) only.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "analysis/estimators.hpp"
#include "engine/run.hpp"
#include "outcomes/precision.hpp"

namespace sojourn::analysis {

// How patients are simulated and what they came to, here or in several processes, in all of which it is then done.
struct Looks {
  // Of those in a row, all that is not in the outcomes so far; `wanted`: with all before.
  std::function<engine::Counts(std::int64_t first, std::int64_t count, std::int64_t wanted)> simulate;
  std::function<outcomes::Results()> rows;  // of all so far
};

struct Reached {
  std::int64_t patients = 0;
  engine::Counts counts;
  std::string missed;  // of each wanted precision not reached a line; empty if all are
};

// `none`: the outcomes of no patients. Throws InputError if a precision is none of these outcomes'.
void check_precisions(std::span<const outcomes::Precision> wanted, const outcomes::Results& none);

// Simulates patients 1 .. `patients`, at most `most`. Throws engine::Stopped.
[[nodiscard]] Reached run_until(std::span<const outcomes::Precision> wanted, std::int64_t most, const Looks& looks);

}  // namespace sojourn::analysis
