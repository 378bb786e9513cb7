#include "engine/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace sojourn::engine::testing {

namespace {

long double ulp(long double x) {
  const auto d = static_cast<double>(x < 0 ? -x : x);
  return std::nextafter(d, forever) - d;
}

// Everything that may change a hazard, within [from, to], with both ends.
std::vector<double> stretches(const Life& life, const std::vector<Part>& parts, double from, double to) {
  std::vector<double> times = {from, to};
  const auto add = [&](const std::vector<double>& some) {
    std::copy_if(some.begin(), some.end(), std::back_inserter(times), [&](double t) { return t > from && t < to; });
  };
  add(life.start);
  add(life.event_time);
  add(life.change_time);
  for (const Part& part : parts) {
    if (part.cuts) add(part.cuts(life));
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

long double clock_time(const Life& life, const Part& part, double origin, double t) {
  if (!part.slowness) return static_cast<long double>(t) - origin;
  long double s = 0;
  const auto times = stretches(life, {}, origin, t);
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    s += (static_cast<long double>(times[i + 1]) - times[i]) / part.slowness(life, times[i]);
  }
  return s;
}

}  // namespace

Curve exponential_curve(long double rate) {
  return {[=](long double s) { return rate * s; }, [=](long double) { return rate; }};
}
Curve weibull_curve(long double shape, long double scale) {
  return {[=](long double s) { return std::pow(s / scale, shape); },
          [=](long double s) { return s > 0 ? shape / scale * std::pow(s / scale, shape - 1) : 0.0L; }};
}
Curve gompertz_curve(long double shape, long double rate) {
  return {[=](long double s) { return rate / shape * std::expm1(shape * s); },
          [=](long double s) { return rate * std::exp(shape * s); }};
}
Curve lognormal_curve(long double median, long double sdlog) {
  const auto survival = [=](long double s) { return 0.5L * std::erfc(std::log(s / median) / sdlog / std::sqrt(2.0L)); };
  return {[=](long double s) { return s > 0 ? -std::log(survival(s)) : 0.0L; },
          [=](long double s) {
            if (!(s > 0)) return 0.0L;
            const long double z = std::log(s / median) / sdlog;
            return std::exp(-z * z / 2) / (s * sdlog * std::sqrt(2 * std::acos(-1.0L))) / survival(s);
          }};
}
Curve loglogistic_curve(long double shape, long double scale, long double odds_ratio) {
  return {[=](long double s) { return std::log1p(odds_ratio * std::pow(s / scale, shape)); },
          [=](long double s) {
            if (!(s > 0)) return 0.0L;
            const long double odds = odds_ratio * std::pow(s / scale, shape);
            return shape / s * odds / (1 + odds);
          }};
}
Curve gamma_three_curve(long double rate) {
  return {[=](long double s) {
            const long double x = rate * s;
            return x - std::log1p(x + x * x / 2);
          },
          [=](long double s) {
            const long double x = rate * s;
            return rate * (x * x / 2) / (1 + x + x * x / 2);
          }};
}
Curve piecewise_curve(std::vector<long double> breaks, std::vector<long double> rates) {
  const auto interval = [breaks](long double s) {
    return static_cast<std::size_t>(std::upper_bound(breaks.begin(), breaks.end(), s) - breaks.begin()) - 1;
  };
  return {[=](long double s) {
            long double sum = 0;
            const std::size_t last = interval(s);
            for (std::size_t i = 0; i < last; ++i) sum += rates[i] * (breaks[i + 1] - breaks[i]);
            return sum + rates[last] * (s - breaks[last]);
          },
          [=](long double s) { return rates[interval(s)]; }};
}
Curve cure_curve(long double p, Curve uncured, long double ratio) {
  return {[=](long double s) { return -std::log1p((1 - p) * std::expm1(-ratio * uncured.cumulative(s))); },
          [=](long double s) {
            const long double alive = (1 - p) * std::exp(-ratio * uncured.cumulative(s));
            return alive / (p + alive) * ratio * uncured.hazard(s);
          }};
}

Audit audit(const Life& life, const std::vector<Part>& parts, double at_risk, double t) {
  Audit sum;
  const auto times = stretches(life, parts, at_risk, t);
  for (const Part& part : parts) {
    const Curve curve = part.curve(life, at_risk);
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
      const double a = times[i], b = times[i + 1];
      const double origin = part.origin(life, a);
      if (std::isnan(origin)) continue;
      const double factor = part.factor ? part.factor(life, a) : 1;
      const long double s0 = clock_time(life, part, origin, a), s1 = clock_time(life, part, origin, b);
      sum.accumulated += factor * (curve.cumulative(s1) - curve.cumulative(s0));
      const long double slowness = part.slowness ? part.slowness(life, a) : 1;
      sum.slack += factor * curve.hazard(s1) * (ulp(s1) + ulp(b) / slowness);
      if (s0 > 0) sum.slack += factor * curve.hazard(s0) * (ulp(s0) + (i > 0 ? ulp(a) / slowness : 0));
    }
  }
  return sum;
}

std::size_t audit_lives(const World& world, const std::string& name, const std::vector<Part>& parts,
                        const std::function<double(const Life&, double t)>& at_risk, std::int64_t patients) {
  const auto declaration = world.declaration(name);
  std::size_t fired = 0;
  for (std::int64_t patient = 1; patient <= patients && !::testing::Test::HasFailure(); ++patient) {
    Recorder recorder;
    const Life life = live(world.programs[0], patient, &recorder);
    std::vector<Recorder::Budget> budgets;
    for (const auto& one : recorder.budgets) {
      if (one.declaration == declaration) budgets.push_back(one);
    }
    std::vector<double> times;
    for (const auto& one : recorder.firings) {
      if (one.declaration == declaration) times.push_back(one.t);
    }
    for (std::size_t i = 0; i < budgets.size(); ++i) {
      const long double budget = budgets[i].budget;
      const auto next = std::find_if(times.begin(), times.end(), [&](double t) { return t > budgets[i].t; });
      const bool fires = next != times.end() && (i + 1 == budgets.size() || *next <= budgets[i + 1].t);
      if (fires) {
        const Audit found = audit(life, parts, at_risk(life, *next), *next);
        ++fired;
        EXPECT_LE(std::abs(found.accumulated - budget), 1e-12L * budget + 2 * found.slack)
            << name << ", patient " << patient << ", fired at " << exact(*next) << ", budget "
            << exact(budgets[i].budget) << ", accumulated " << exact(static_cast<double>(found.accumulated));
      } else if (i + 1 == budgets.size()) {
        const auto last = static_cast<std::size_t>(life.state.back());
        const double end = world.model.states[last].absorbing ? life.start.back() : life.stop.back();
        if (!(end > budgets[i].t)) continue;
        const Audit found = audit(life, parts, at_risk(life, end), end);
        EXPECT_LE(found.accumulated, budget * (1 + 1e-12L) + 2 * found.slack)
            << name << ", patient " << patient << " should have fired before " << exact(end);
      }
    }
  }
  return fired;
}

double entry_before(const Life& life, double t) {
  double entry = 0;
  for (std::size_t i = 0; i < life.start.size(); ++i) {
    if (life.start[i] < t || (i == 0 && t == 0)) entry = life.start[i];
  }
  return entry;
}

}  // namespace sojourn::engine::testing
