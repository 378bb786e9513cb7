#include "trial/follow.hpp"

#include <algorithm>
#include <cmath>

namespace sojourn::trial {

double to_grid(double years) {
  return std::floor(years * 0x1p30 + 0.5) * 0x1p-30;
}

std::optional<Followed> follow(const Item& item, const Arm& arm, std::int64_t patient, outcomes::Life& life) {
  const std::optional<outcomes::Origin> origin = life.origin(item.endpoint.origin);
  if (!origin || !life.holds(arm.population, origin->time)) return std::nullopt;
  const double stratum = life.value(arm.stratum, origin->time);
  std::size_t place = 0;
  while (place < item.strata.size() && item.strata[place].value != stratum) ++place;
  if (place == item.strata.size()) return std::nullopt;
  const double event = life.first_time(item.target, *origin, [&](double time) { return life.holds(arm.where, time); });
  double end = life.horizon();
  if (!item.censor.empty()) end = std::min(end, life.first_time(item.censor, *origin));
  return Followed{patient, to_grid(std::min(event, end) - origin->time), static_cast<std::int32_t>(place),
                  event <= end};
}

}  // namespace sojourn::trial
