// Intervals for a probability p with standard error s, on three scales; z is the normal quantile of the level.
//   plain:    p -+ z s
//   log:      p exp(-+ z s/p)
//   log-log:  p^exp(-+ z s/(p log p))     (Kalbfleisch and Prentice)
// Kept within [0, 1]. Where there is none it is missing (NaN), as in R's survfit (survival 3.5): where the error is not
// known, as of a Kaplan-Meier curve that has come down to 0; on the log and log-log scales where p = 0, on the log-log
// scale where p = 1. Otherwise an error of 0 gives [p, p].
#pragma once

#include <cstdint>

namespace sojourn::survival {

enum class Scale : std::uint8_t { plain, log, log_log };

struct Interval {
  double lower = 0, upper = 0;
};

inline constexpr double normal_975 = 1.959963984540054;

[[nodiscard]] Interval interval(Scale scale, double probability, double error, double z = normal_975);

}  // namespace sojourn::survival
