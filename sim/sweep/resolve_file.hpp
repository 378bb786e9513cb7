// What a sweep file says of resolving (`resolve:`): on which number the best strategy is sought, how small a difference
// matters, how many patients that may cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "config/reader.hpp"
#include "outcomes/best.hpp"
#include "outcomes/measured.hpp"

namespace sojourn::sweep {

struct Resolve {
  config::Item item, within_item;
  outcomes::WantedNumber number;
  std::optional<bool> highest;  // not said: as is usual for the number
  outcomes::Measured within;
  std::int64_t most_patients = 0;
  double error = 0.05;
};

[[nodiscard]] Resolve read_resolve(const config::Source& source, const config::Item& item);

}  // namespace sojourn::sweep
