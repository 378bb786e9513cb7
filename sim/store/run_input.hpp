// All that reproduces a result: stored in the result file itself, so that a file can be run again.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "model/model.hpp"
#include "store/chunk_code.hpp"

namespace sojourn::store {

enum class Keep : std::uint8_t { all, first, none };

// Which trajectories are stored. Outcomes are computed over all patients whatever is kept.
struct TrajectoryPolicy {
  Keep keep = Keep::all;
  std::int64_t first = 0;       // Keep::first: patients 1 .. first
  std::vector<StateId> states;  // empty: all; otherwise only sojourns in these states (events and changes are kept)
};

struct RunInput {
  std::string model_name;  // file name only, no folder
  std::string model_text;
  std::vector<model::EmbeddedFile> files;
  std::vector<std::pair<std::string, std::string>> overrides;
  std::int64_t patients = 0;
  std::uint32_t seed = 1, replicate = 0;
  std::vector<std::string> strategies;  // simulated, in order; empty: all of the model
  TrajectoryPolicy policy;
  std::int64_t samples = 0;                     // of the uncertain parameters; 0: none
  bool share_patients = false;                  // by all samples
  bool narrow_times = false;                    // 32 bits, rounded before outcomes are computed
  Compression compression = Compression::none;  // of the file, which holds the same whatever it is
};

// Patients whose trajectories are stored: 1 .. kept_patients.
[[nodiscard]] std::int64_t kept_patients(const RunInput& input);

// Patients in a row: those of a file, or of one of several.
struct Patients {
  std::int64_t first = 1, count = 0;
};

// Why it keeps none: "with --no-trajectories".
[[nodiscard]] std::string without_trajectories(const RunInput& input);

// The policy in words: "all patients, all states".
[[nodiscard]] std::string describe(const RunInput& input, const std::vector<std::string>& state_names);

}  // namespace sojourn::store
