#include "outcomes/difference.hpp"

#include <algorithm>
#include <cmath>

#include "base/exact_sum.hpp"

namespace sojourn::outcomes {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Difference difference_of(const RatioSums& sums, const RatioEstimate& result, const Bounds& bounds,
                         const Confidence& confidence) {
  Difference made{result.difference, unknown, {unknown, unknown}, unknown, ""};
  if (std::isnan(result.difference)) return made;
  const double most = bounds.most - bounds.least;
  if (result.difference_variance > 0) {
    made.se = std::sqrt(result.difference_variance);
    made.variance_reduction = result.independent_variance / result.difference_variance;
    made.interval = normal_interval(made.value, made.se, {-most, most}, confidence.z);
    return made;
  }
  if (std::isnan(result.difference_variance)) return made;
  if (bounds.finite()) {
    made.interval =
        constant_interval(made.value, {-most, most}, to_double(std::min(sums.n, sums.n_r)), confidence.tail);
  }
  made.note = made.value == 0 ? "identical: no patient differs" : "the same difference in every patient";
  return made;
}

}  // namespace sojourn::outcomes
