#include "survival/confidence.hpp"

#include <algorithm>
#include <limits>

#include "base/elementary.hpp"

namespace sojourn::survival {

Interval interval(Scale scale, double probability, double error, double z) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  if (!(error == error)) return {none, none};
  if (scale == Scale::plain) {
    return {std::max(probability - z * error, 0.0), std::min(probability + z * error, 1.0)};
  }
  if (probability == 0) return {none, none};
  if (scale == Scale::log) {
    const double factor = sojourn::exp(z * error / probability);
    return {probability / factor, std::min(probability * factor, 1.0)};
  }
  if (probability == 1) return {none, none};
  const double log_p = sojourn::log(probability);
  const double factor = sojourn::exp(z * error / (probability * -log_p));
  return {sojourn::exp(log_p * factor), sojourn::exp(log_p / factor)};
}

}  // namespace sojourn::survival
