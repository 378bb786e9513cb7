// The hazard of one declaration as it stands for one patient: a sum of components, each a distribution on a clock with
// its factors. Cumulative hazard over an interval of time, and its inverse. Absolute times t in years since the start;
// s is the time on a component's own clock.
#pragma once

#include <limits>
#include <span>

#include "base/lane.hpp"
#include "distributions/cure.hpp"
#include "distributions/law.hpp"
#include "program/program.hpp"

namespace sojourn::engine {

using program::at;

inline constexpr double never = std::numeric_limits<double>::infinity();

// What of a component may change during a risk episode: s(t) = clock_at + (t - at) / slowness.
struct Stance {
  const distributions::Law* law = nullptr;
  double at = 0;        // [years]
  double clock_at = 0;  // [years]
  double slowness = 1;  // the time ratio
  double ratio = 0;     // product of the constant-in-time factors; 0: the clock has not begun

  [[nodiscard]] double clock(double t) const { return clock_at + (slowness == 1 ? t - at : (t - at) / slowness); }
  [[nodiscard]] double absolute(double s) const { return at + (s - clock_at) * slowness; }
  friend bool operator==(const Stance&, const Stance&) = default;
};

// A component with everything that depends on the patient filled in.
struct Running : Stance {
  double odds_speed = 1;  // log-logistic: odds_ratio^(1/shape)
  distributions::Cure cure{0, 1};
  bool cured = false;
  double limit = never;  // H, without factors, never exceeds it (a cure fraction); `never`: not known
};

// Factors that are piecewise constant on a clock that began at `origin` (NaN: not yet, factor 1).
struct RunningSteps {
  const program::Piecewise* steps = nullptr;
  double origin = 0;  // [years]
  [[nodiscard]] double factor(double t) const;
  [[nodiscard]] double next_cut(double t) const;  // the first cut after t, in absolute time
};

struct RunningHazard {
  std::span<const Running> components;
  std::span<const program::Component> sources;
  std::span<const RunningSteps> steps;  // of all components, in order
  std::span<double> weights;            // room to work in, one a component
};

// H(b) - H(a) of one component without its factors.
[[nodiscard]] double plain_between(const Running& component, double a, double b);

// The first t >= a at which the component alone, without factors, has accumulated e.
[[nodiscard]] inline double plain_time(const Running& c, double a, double e) {
  if (e >= c.limit) return never;
  const double s0 = c.clock(a) * c.odds_speed;
  double s = 0;
  if (s0 <= 0) {
    s = c.cured ? time_of(c.cure, *c.law, e) : time_of(*c.law, e);
  } else {
    s = c.cured ? time_of(c.cure, *c.law, s0, e) : time_of(*c.law, s0, e);
  }
  return larger(a, c.absolute(c.odds_speed == 1 ? s : s / c.odds_speed));
}

// The same with its constant factor.
[[nodiscard]] inline double time_alone(const Running& component, double a, double e) {
  return plain_time(component, a, component.ratio == 1 ? e : e / component.ratio);
}

// Sum over the components, with all factors. Atoms (`fixed`) count nothing.
[[nodiscard]] double cumulative(const RunningHazard& hazard, double a, double b);
// The first t >= a with cumulative(a, t) >= e; `never` if that is later than `until`.
// |H(t) - H(a) - e| <= 1e-12 e + 2 h(t) ulp(t).
[[nodiscard]] double time_to_reach(const RunningHazard& hazard, double a, double e, double until);

}  // namespace sojourn::engine
