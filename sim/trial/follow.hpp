// One patient of a trial as she would be seen without it: from her entry, which is the endpoint's origin, to the event
// or to what ends the endpoint's follow-up. Times are kept to 2^-30 years (0.03 s), so that what the model fixes to one
// time since the origin is one time in the data, whenever the origin was.
#pragma once

#include <cstdint>
#include <optional>

#include "outcomes/life.hpp"
#include "trial/plan.hpp"

namespace sojourn::trial {

struct Followed {
  std::int64_t patient = 0;
  double time = 0;  // [years] since entry
  std::int32_t stratum = 0;
  bool event = false;
};

// Nothing if she does not enter: no origin, or not in the endpoint's population.
[[nodiscard]] std::optional<Followed> follow(const Item& item, const Arm& arm, std::int64_t patient,
                                             outcomes::Life& life);

[[nodiscard]] double to_grid(double years);

}  // namespace sojourn::trial
