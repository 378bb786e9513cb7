// What is found in a scenario: the parameters that are solved for, and what its figures come to with them. A function
// of the scenario's content, the model and the seed alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/figures.hpp"
#include "sweep/least_squares.hpp"

namespace sojourn::sweep {

struct Solution {
  std::vector<double> unknowns;  // in years to the parameter's power of time
  std::vector<Reached> reached;  // by figure
  std::int64_t evaluations = 0;
  Ended ended = Ended::goal;  // the search that found it

  [[nodiscard]] Standing standing() const { return worst_of(reached); }
  [[nodiscard]] std::string stored() const;
};
[[nodiscard]] Solution read_solution(std::string_view bytes);  // throws MalformedBytes

// `given`: the scenario's values, with the model's own for the unknowns, which are its last. Throws InputError,
// RunError where the model does not go with them; engine::Stopped.
[[nodiscard]] Solution solve(const Recalibration& wanted, const Figures& figures, std::vector<double> given,
                             const FigureLives& how);

}  // namespace sojourn::sweep
