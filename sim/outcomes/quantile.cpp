#include "outcomes/quantile.hpp"

#include <cmath>

namespace sojourn::outcomes {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// The share without the event at one time, with its interval; nobody followed: NaN.
struct Point {
  double free = unknown;
  Interval interval{unknown, unknown};
};

std::vector<Point> points_of(const Item& item, const Sums& sums, std::size_t group, std::size_t strategy) {
  std::vector<Point> points;
  if (item.curve) {
    const Curve curve(item.grid, sums.curve(item, group, strategy));
    for (const Curve::Point& one : curve.free_of_event()) {
      points.push_back({one.free, {one.free, one.free}});
      if (one.se > 0) points.back().interval = survival_interval(item.outcome.interval, one.free, one.se);
    }
    return points;
  }
  for (const ProportionSums& one : sums.free_at_times(item, group, strategy)) {
    points.emplace_back();
    if (one.n > 0) points.back() = {to_double(one.x) / to_double(one.n), proportion_interval(one.x, one.n)};
  }
  return points;
}

}  // namespace

Quantile quantile_of(const Item& item, const Sums& sums, std::size_t group, std::size_t strategy, double share) {
  Quantile made{unknown, unknown, unknown, {unknown, unknown}, 0};
  made.patients = item.curve ? sums.curve(item, group, strategy).patients()
                             : static_cast<std::int64_t>(sums.free_at_times(item, group, strategy).front().n);
  const std::vector<Point> points = points_of(item, sums, group, strategy);
  const std::vector<double>& edges = item.grid.edges();
  const auto first = [&](auto part) {
    for (std::size_t j = 0; j < points.size(); ++j) {
      if (part(points[j]) <= 1 - share) return j;
    }
    return points.size();
  };
  const auto time = [&](std::size_t j) { return j < points.size() ? edges[j] : unknown; };
  const std::size_t j = first([](const Point& p) { return p.free; });
  made.value = time(j);
  made.low = j > 0 && j < points.size() && !item.grid.exact() ? edges[j - 1] : made.value;
  made.interval.lower = time(first([](const Point& p) { return p.interval.lower; }));
  made.interval.upper = time(first([](const Point& p) { return p.interval.upper; }));
  const double width = made.interval.upper - made.interval.lower;
  if (width > 0) made.se = width / (2 * normal_quantile_975);
  return made;
}

}  // namespace sojourn::outcomes
