#include "survival/aalen_johansen.hpp"

#include <cmath>

namespace sojourn::survival {

namespace {

// S, F and the area under F up to the time at hand, with their covariances.
struct State {
  double s = 1, f = 0, area = 0;
  double ss = 0, sf = 0, ff = 0, sa = 0, fa = 0, aa = 0;

  void pass(double duration) {
    area += f * duration;
    aa += duration * (2 * fa + duration * ff);
    fa += duration * ff;
    sa += duration * sf;
  }

  // q of n leave by the cause, p by any.
  void step(double q, double p, double n) {
    const double stay = 1 - p, scale = s * s / n;
    const double pp = scale * p * stay, pq = -scale * q * stay, qq = scale * q * (1 - q);
    const double new_sf = stay * (sf + q * ss), new_ff = ff + 2 * q * sf + q * q * ss;
    fa += q * sa;
    sa *= stay;
    ff = new_ff + qq;
    sf = new_sf + pq;
    ss = stay * stay * ss + pp;
    f += s * q;
    s *= stay;
  }
};

struct Leaving {
  double cause, any, at_risk;
};

Leaving leaving(const RiskTable& table, std::size_t k, int cause, int group) {
  return {static_cast<double>(table.events(k, group, cause)), static_cast<double>(table.events(k, group)),
          static_cast<double>(table.at_risk(k, group))};
}

}  // namespace

std::vector<IncidenceStep> cumulative_incidence(const RiskTable& table, int cause, int group) {
  std::vector<IncidenceStep> curve;
  State state;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const Leaving d = leaving(table, k, cause, group);
    if (d.any > 0) state.step(d.cause / d.at_risk, d.any / d.at_risk, d.at_risk);
    if (d.any == 0 && table.censored(k, group) == 0) continue;
    curve.push_back(
        {table.time(k), table.at_risk(k, group), state.s, std::sqrt(state.ss), state.f, std::sqrt(state.ff)});
  }
  return curve;
}

TimeLost restricted_mean_time_lost(const RiskTable& table, int cause, double tau, int group) {
  State state;
  double time = 0, last = tau;
  std::size_t k = 0;
  for (; k < table.size() && table.time(k) <= tau; ++k) {
    const Leaving d = leaving(table, k, cause, group);
    if (d.at_risk > 0) last = table.time(k);
    if (d.any == 0) continue;
    state.pass(table.time(k) - time);
    time = table.time(k);
    state.step(d.cause / d.at_risk, d.any / d.at_risk, d.at_risk);
  }
  state.pass(tau - time);
  const bool followed = k < table.size() && table.at_risk(k, group) > 0;
  return {state.area, std::sqrt(state.aa), state.s > 0 && last < tau && !followed};
}

}  // namespace sojourn::survival
