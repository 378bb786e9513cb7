// When a patient comes into a trial and when she is lost to follow-up, by two random numbers of her own: their address
// is the name of the trial and the number of the patient (base/uniform.hpp), so they are the same whatever else is
// simulated.
#pragma once

#include <cstdint>

#include "trial/plan.hpp"

namespace sojourn::trial {

struct Presence {
  double entry = 0;    // [years] since the trial began
  double dropout = 0;  // [years] since her entry; infinite if she is never lost
};

[[nodiscard]] Presence presence(const Item& item, std::uint32_t seed, std::int64_t patient);

}  // namespace sojourn::trial
