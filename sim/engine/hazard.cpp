#include "engine/hazard.hpp"

#include <algorithm>
#include <cmath>

namespace sojourn::engine {

double RunningSteps::factor(double t) const {
  if (std::isnan(origin)) return 1;
  std::size_t interval = 0;
  while (interval < steps->cuts.size() && origin + steps->cuts[interval] <= t) ++interval;
  return steps->values[interval];
}

double RunningSteps::next_cut(double t) const {
  if (std::isnan(origin)) return never;
  for (const double cut : steps->cuts) {
    if (origin + cut > t) return origin + cut;
  }
  return never;
}

double plain_between(const Running& c, double a, double b) {
  const double s0 = std::max(0.0, c.clock(a)) * c.odds_speed;
  const double s1 = std::max(0.0, c.clock(b)) * c.odds_speed;
  return c.cured ? cumulative_hazard_between(c.cure, *c.law, s0, s1) : cumulative_hazard_between(*c.law, s0, s1);
}

namespace {

// The hazard over a stretch without cuts, from t on: each component times one number, 0 for atoms. A component that
// rises in steps does nothing else until its last step; each step ends a stretch.
class Stretch {
 public:
  Stretch(const RunningHazard& hazard, double t) : hazard_(hazard), t_(t) {
    std::size_t step = 0;
    for (std::size_t i = 0; i < hazard.components.size(); ++i) {
      double product = hazard.sources[i].fixed ? 0 : hazard.components[i].ratio;
      const std::size_t last = step + static_cast<std::size_t>(hazard.sources[i].piecewise.count);
      for (; step < last; ++step) product *= product > 0 ? hazard.steps[step].factor(t) : 1;
      hazard.weights[i] = product;
      if (hazard.sources[i].stepped && product > 0) step_of(i);
    }
  }

  [[nodiscard]] double end() const {
    double cut = next_step_;
    for (const RunningSteps& steps : hazard_.steps) cut = std::min(cut, steps.next_cut(t_));
    return cut;
  }

  [[nodiscard]] double accumulated(double until) const {
    double sum = 0;
    for (std::size_t i = 0; i < hazard_.components.size(); ++i) {
      const double w = hazard_.weights[i];
      if (w > 0) sum += w * plain_between(hazard_.components[i], t_, until);
    }
    return sum;
  }

  [[nodiscard]] double rate(double t) const {
    double sum = 0;
    for (std::size_t i = 0; i < hazard_.components.size(); ++i) {
      const double w = hazard_.weights[i];
      if (w > 0) sum += w * plain_rate(hazard_.components[i], t);
    }
    return sum;
  }

  // What the steps at the end of the stretch add.
  [[nodiscard]] double jump(double end) const {
    if (end < next_step_) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < hazard_.components.size(); ++i) {
      if (hazard_.sources[i].stepped && hazard_.weights[i] < 0) {
        sum -= hazard_.weights[i] * plain_between(hazard_.components[i], t_, end);
      }
    }
    return sum;
  }

  // The first time at which e has accumulated, were the stretch to go on for ever.
  [[nodiscard]] double reach(double e) const;

 private:
  // Before its last step a component is kept out of what accumulates by a weight below 0.
  void step_of(std::size_t i) {
    const Running& c = hazard_.components[i];
    const double next = distributions::next_step(*c.law, std::max(0.0, c.clock(t_)) * c.odds_speed);
    if (next == never) return;
    next_step_ = std::min(next_step_, std::max(std::nextafter(t_, never), c.absolute(next / c.odds_speed)));
    hazard_.weights[i] = -hazard_.weights[i];
  }

  static double plain_rate(const Running& c, double t) {
    const double s = std::max(0.0, c.clock(t)) * c.odds_speed;
    const double h = c.cured ? distributions::hazard(c.cure, *c.law, s) : distributions::hazard(*c.law, s);
    return h * c.odds_speed / c.slowness;
  }

  [[nodiscard]] double newton(double low, double high, double e) const;

  const RunningHazard& hazard_;
  double t_;
  double next_step_ = never;
};

double Stretch::reach(double e) const {
  double high = never;  // one component alone is later than all together
  double low = never;   // and each with an equal share of the budget is earlier
  std::size_t active = 0;
  for (std::size_t i = 0; i < hazard_.components.size(); ++i) active += hazard_.weights[i] > 0 ? 1 : 0;
  if (active == 0) return e > 0 || next_step_ == never ? never : t_;  // the last step used the budget up
  for (std::size_t i = 0; i < hazard_.components.size(); ++i) {
    const double w = hazard_.weights[i];
    if (!(w > 0)) continue;
    high = std::min(high, plain_time(hazard_.components[i], t_, e / w));
    low = std::min(low, plain_time(hazard_.components[i], t_, e / w / static_cast<double>(active)));
  }
  if (active == 1) return high;
  return newton(low, high, e);
}

// Newton's method on accumulated(t) - e, kept inside a bracket that shrinks at each step.
double Stretch::newton(double low, double high, double e) const {
  if (!(low < high)) return low;
  if (!std::isfinite(high)) {  // each component alone is defective; the sum may reach e
    high = std::max(1.0, 2 * low);
    while (accumulated(high) < e) {
      low = high;
      high *= 2;
      if (!std::isfinite(high)) return never;
    }
  }
  double t = low + 0.5 * (high - low);
  for (int step = 0; step < 200; ++step) {
    const double excess = accumulated(t) - e;
    if (std::abs(excess) <= 1e-13 * e) return t;
    (excess >= 0 ? high : low) = t;
    const double moved = t - excess / rate(t);
    if (moved == t) return t;
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return high;
    t = moved > low && moved < high ? moved : middle;
  }
  return high;
}

}  // namespace

double cumulative(const RunningHazard& hazard, double a, double b) {
  double sum = 0;
  while (a < b) {
    const Stretch stretch(hazard, a);
    const double end = std::min(b, stretch.end());
    sum += stretch.accumulated(end) + stretch.jump(end);
    a = end;
  }
  return sum;
}

double time_to_reach(const RunningHazard& hazard, double a, double e, double until) {
  while (a <= until) {
    const Stretch stretch(hazard, a);
    const double end = std::min(stretch.end(), until);
    const double in_stretch = stretch.accumulated(end);
    if (in_stretch >= e) return std::min(end, stretch.reach(e));
    const double in_step = stretch.jump(end);
    if (in_step > 0 && in_stretch + in_step >= e) return end;
    if (end >= until) break;
    e -= in_stretch + in_step;
    a = end;
  }
  return never;
}

}  // namespace sojourn::engine
