// A finished shard on the disk: for each of its scenarios the exact sums of its patients
// (outcomes::Sums::stored), or why it failed. Sums rather than estimates, because more patients may be added to
// them later, to the last bit.
//          sojourn sums 2, and a new line
//   text   basis: a digest of the model and of all that holds for every scenario
//   count  first patient, patients, scenarios
//   each   text: id; 0 and the sums, or 1 and the reason; text: what was found for its figures (solution.hpp)
//   end    XXH3-128 of all before, 32 digits
// Integers and texts as in base/byte_stream.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/samples.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

struct ShardEntry {
  ScenarioKey id = 0;
  bool failed = false;
  std::string bytes;       // sums; of one that failed the reason
  std::string solution;    // Solution::stored(); empty: of no figures
  std::size_t offset = 0;  // in the file they were read from
};

struct ShardContent {
  std::string basis;
  engine::PatientRange patients;
  std::vector<ShardEntry> entries;
};

[[nodiscard]] std::string shard_bytes(const ShardContent& content);
// Throws RunError, "is cut short or damaged (...)", without the file's name.
[[nodiscard]] ShardContent read_shard(std::string_view bytes);

}  // namespace sojourn::sweep
