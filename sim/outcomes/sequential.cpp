#include "outcomes/sequential.hpp"

#include <cmath>

#include "base/elementary.hpp"
#include "base/special_normal.hpp"

namespace sojourn::outcomes {

namespace {

constexpr int steps = 400;        // of Simpson's rule, from 0 to the critical value
constexpr int halvings = 60;      // of the bracket of a critical value
constexpr double largest = 38.0;  // beyond it the normal tail is 0 in doubles

double tail(double z) {  // 1 - Phi(z)
  return sojourn::exp(-normal_cumulative_hazard(z));
}

// The sum over the patients so far, where no look has exceeded its critical value: symmetric, so the half from 0.
class Surviving {
 public:
  // The chance that it goes beyond +-bound once its variance has grown by `variance`.
  [[nodiscard]] double exit(double bound, double variance) const {
    const double sd = std::sqrt(variance);
    if (points_.empty()) return 2 * tail(bound / sd);
    double sum = 0;
    for (const Point& one : points_) {
      sum += one.mass * (tail((bound - one.at) / sd) + tail((bound + one.at) / sd));
    }
    return 2 * sum;
  }

  void go_on(double bound, double variance) {
    std::vector<Point> next(steps + 1);
    const double width = bound / steps;
    for (int i = 0; i <= steps; ++i) {
      const double at = width * i;
      const double weight = width / 3 * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
      next[static_cast<std::size_t>(i)] = {at, weight * density(at, variance)};
    }
    points_ = std::move(next);
  }

 private:
  struct Point {
    double at = 0, mass = 0;  // of one side
  };

  [[nodiscard]] double density(double at, double variance) const {
    const double scale = detail::inverse_root_two_pi / std::sqrt(variance);
    const auto normal = [&](double x) { return scale * sojourn::exp(-x * x / (2 * variance)); };
    if (points_.empty()) return normal(at);
    double sum = 0;
    for (const Point& one : points_) sum += one.mass * (normal(at - one.at) + normal(at + one.at));
    return sum;
  }

  std::vector<Point> points_;  // none: no look yet
};

}  // namespace

std::vector<double> sequential_quantiles(std::span<const double> information, std::span<const double> spent) {
  std::vector<double> found;
  Surviving sum;
  double before = 0, gone = 0;
  for (std::size_t k = 0; k < information.size(); ++k) {
    const double variance = information[k] - before, root = std::sqrt(information[k]);
    double low = 0, high = largest;
    for (int i = 0; i < halvings; ++i) {
      const double middle = (low + high) / 2;
      (sum.exit(middle * root, variance) > spent[k] - gone ? low : high) = middle;
    }
    found.push_back(high);
    sum.go_on(high * root, variance);
    before = information[k];
    gone = spent[k];
  }
  return found;
}

}  // namespace sojourn::outcomes
