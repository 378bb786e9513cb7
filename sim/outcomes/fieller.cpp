#include "outcomes/fieller.hpp"

#include <algorithm>
#include <cmath>

namespace sojourn::outcomes {

std::string_view words_of(RatioInterval::Form form) {
  switch (form) {
    case RatioInterval::Form::none:
      return "";
    case RatioInterval::Form::bounded:
      return "bounded";
    case RatioInterval::Form::all_but:
      return "all but";
    case RatioInterval::Form::everything:
      return "everything";
  }
  return "";
}

// a r^2 - 2 b r + c <= 0. Its discriminant b^2 - a c is z^2 times
//   (y^2 Vx - 2 x y C + x^2 Vy) - z^2 (Vx Vy - C^2), in which the large terms have gone.
RatioInterval fieller(double y, double x, double variance_y, double variance_x, double covariance, double z) {
  RatioInterval made;
  const double z2 = z * z;
  if (!(variance_x >= 0 && variance_y >= 0) || std::isnan(covariance) || (variance_x == 0 && variance_y == 0)) {
    return made;
  }
  const double a = x * x - z2 * variance_x, b = x * y - z2 * covariance;
  const double spread = y * y * variance_x - 2 * x * y * covariance + x * x * variance_y;
  const double rest = std::max(0.0, variance_x * variance_y - covariance * covariance);
  const double discriminant = z2 * (std::max(0.0, spread) - z2 * rest);
  if (!(a > 0) && (!(discriminant > 0) || a == 0)) {
    made.form = RatioInterval::Form::everything;
    return made;
  }
  const double root = std::sqrt(std::max(0.0, discriminant));
  made.form = a > 0 ? RatioInterval::Form::bounded : RatioInterval::Form::all_but;
  made.lower = std::min((b - root) / a, (b + root) / a);
  made.upper = std::max((b - root) / a, (b + root) / a);
  return made;
}

}  // namespace sojourn::outcomes
