#include "store/run_input.hpp"

#include <algorithm>

namespace sojourn::store {

std::int64_t kept_patients(const RunInput& input) {
  switch (input.policy.keep) {
    case Keep::all:
      return input.patients;
    case Keep::first:
      return std::clamp<std::int64_t>(input.policy.first, 0, input.patients);
    case Keep::none:
      break;
  }
  return 0;
}

std::string without_trajectories(const RunInput& input) {
  return input.samples > 0 ? "with --samples and without --keep N, which keeps those of the base case"
                           : "with --no-trajectories";
}

std::string describe(const RunInput& input, const std::vector<std::string>& state_names) {
  if (input.policy.keep == Keep::none) return "no trajectories";
  std::string text = input.policy.keep == Keep::all ? "all patients"
                                                    : "patients 1 to " + std::to_string(kept_patients(input)) + " of " +
                                                          std::to_string(input.patients);
  if (input.policy.states.empty()) return text + ", all states";
  text += ", sojourns only in";
  for (std::size_t i = 0; i < input.policy.states.size(); ++i) {
    const std::size_t state = input.policy.states[i].index();
    text += i == 0 ? " " : ", ";
    text += state < state_names.size() ? state_names[state] : "?";
  }
  return text;
}

}  // namespace sojourn::store
