// A number with its unit as users write it of an outcome: 0.05 years, 18 days, 1 %, 500 EUR, 0.01.
#pragma once

#include <string>
#include <string_view>

namespace sojourn::outcomes {

struct Measured {
  double value = 0;  // of a time in years, of % as a share
  std::string unit;  // "": none was written; "years" of any time, "1" of %
  bool ok = false;   // it begins with a number

  // Whether it is in the unit of a number of the results ("1", "years", ...).
  [[nodiscard]] bool fits(std::string_view of) const { return unit.empty() ? of != "years" : unit == of; }
};

[[nodiscard]] Measured measured(std::string_view text);

}  // namespace sojourn::outcomes
