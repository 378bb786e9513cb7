// One trial: its patients, followed until the analysis, drop-out, the end of their own follow-up, or the event.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "survival/risk_table.hpp"
#include "trial/follow.hpp"
#include "trial/presence.hpp"

namespace sojourn::trial {

// A patient of an arm with all that may happen to her.
struct Candidate {
  double time = 0;     // [years] since entry, of the event or of what ends the endpoint's follow-up
  double entry = 0;    // [years] since the trial began
  double dropout = 0;  // [years] since entry
  std::int32_t stratum = 0;
  bool event = false;
};

[[nodiscard]] std::vector<Candidate> candidates(const Item& item, std::uint32_t seed,
                                                std::span<const Followed> patients);

using Arms = std::vector<std::span<const Candidate>>;  // the patients of each arm

struct Replicate {
  std::vector<survival::Row> rows;                   // group: the arm
  double analysis = 0;                               // [years] since the trial began
  std::vector<std::int64_t> enrolled, events, lost;  // by arm
};

// `events`: the analysis is when there are so many; 0: that plays no part.
[[nodiscard]] Replicate trial_of(const model::Trial& trial, const Arms& arms, std::int64_t events);

// The same patients if no trial ended their follow-up.
[[nodiscard]] Replicate followed_to_the_end(const Arms& arms);

}  // namespace sojourn::trial
