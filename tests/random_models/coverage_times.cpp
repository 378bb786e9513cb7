// Distributions, clocks and effects.
#include <array>

#include "distributions/tables.hpp"
#include "random_models/coverage.hpp"
#include "random_models/search.hpp"

namespace sojourn::engine::testing {

using model::Distribution;
using std::ranges::any_of;

namespace {

std::string_view family_of(const Distribution& time) {
  return distributions::families()[time.family].name;
}

struct NamedClock {
  const char* name;
  model::Clock::Kind kind;
  int event = -1, first = -1;  // since
};
constexpr std::array<NamedClock, 8> known_clocks{{{"reset", model::Clock::Kind::reset},
                                                  {"forward", model::Clock::Kind::forward},
                                                  {"age", model::Clock::Kind::age},
                                                  {"calendar", model::Clock::Kind::calendar},
                                                  {"since a state", model::Clock::Kind::since, 0, 0},
                                                  {"since the first of a state", model::Clock::Kind::since, 0, 1},
                                                  {"since an event", model::Clock::Kind::since, 1, 0},
                                                  {"since the first of an event", model::Clock::Kind::since, 1, 1}}};
bool is(const World& world, const model::Clock& clock, const NamedClock& named) {
  if (clock.kind != named.kind || named.event < 0) return clock.kind == named.kind;
  return (clock.mark.index() >= world.model->states.size()) == (named.event == 1) && clock.first == (named.first == 1);
}

}  // namespace

void Coverage::families(const World& world) {
  const auto all = distributions::families();
  for (std::size_t f = 0; f < all.size(); ++f) {
    const std::string name = "family " + std::string(all[f].name);
    note(name, some_distribution(world, [&](const Distribution& one) { return one.family == f; }));
    for (std::size_t form = 0; all[f].forms.size() > 1 && form < all[f].forms.size(); ++form) {
      std::string parameters;
      for (const auto& p : all[f].forms[form].parameters)
        parameters += (parameters.empty() ? "" : ", ") + std::string(p.name);
      note(name + " {" + parameters + "}", some_distribution(world, [&](const Distribution& one) {
             return one.family == f && one.form == static_cast<int>(form);
           }));
    }
  }
}

void Coverage::made_families(const World& world) {
  const auto some = [&](const char* name, auto holds) { note(name, some_distribution(world, holds)); };
  const auto component = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::components, holds));
  };
  component("cure", [](const program::Component& c) { return c.cured; });
  component("cure, the same for all", [](const program::Component& c) { return c.cured && c.fraction < 0; });
  component("cure, by patient", [](const program::Component& c) { return c.fraction >= 0; });
  some("cure, odds ratio", [](const Distribution& d) { return d.cure && d.cure->odds_ratio; });
  some("cure, hazard ratio of the uncured",
       [](const Distribution& d) { return d.cure && d.cure->uncured_hazard_ratio; });
  some("spline of the hazard",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::hazard; });
  some("spline of the odds",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::odds; });
  some("spline of the normal quantile",
       [](const Distribution& d) { return d.spline && d.spline->scale == distributions::SplineScale::normal; });
  some("spline of log time",
       [](const Distribution& d) { return d.spline && d.spline->time == distributions::SplineTime::log; });
  some("spline of time",
       [](const Distribution& d) { return d.spline && d.spline->time == distributions::SplineTime::identity; });
  using Beyond = model::Curve::Beyond;
  some("curve in steps", [](const Distribution& d) { return d.curve && !d.curve->joined; });
  some("curve joined by hazards", [](const Distribution& d) { return d.curve && d.curve->joined; });
  some("curve from a file", [](const Distribution& d) { return d.curve && !d.tables.empty(); });
  some("curve, beyond: never", [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::never; });
  some("curve, beyond: hold_hazard",
       [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::hold_hazard; });
  some("curve, beyond: exponential",
       [](const Distribution& d) { return d.curve && d.curve->beyond == Beyond::exponential; });
  some("life table by levels", [](const Distribution& d) { return !d.curve && d.tables.size() > 1; });
  some("life table by calendar year", [](const Distribution& d) { return d.has_years(); });
  some("life table, beyond: die",
       [](const Distribution& d) { return !d.curve && !d.tables.empty() && d.tables.front().rates.back() >= 1e5; });
}

void Coverage::clocks(const World& world) {
  for (const NamedClock& one : known_clocks) {
    note(std::string("clock ") + one.name,
         some_component(world, [&](const model::Component& c) { return is(world, c.clock, one); }));
  }
  for (const NamedClock& one : known_clocks) {
    note(std::string("piecewise factor, clock ") + one.name, some_component(world, [&](const model::Component& c) {
           return any_of(c.hazard_factors, [&](const model::Factor& factor) {
             const auto* steps = std::get_if<model::Piecewise>(&factor);
             return steps != nullptr && is(world, steps->clock, one);
           });
         }));
  }
}

void Coverage::effects(const World& world) {
  const auto component = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::components, holds));
  };
  component("hazard ratio, constant", [](const program::Component& c) { return c.ratio != 1; });
  component("hazard ratio by lasting attributes", [](const program::Component& c) { return !c.lasting.empty(); });
  component("hazard ratio that changes", [](const program::Component& c) { return !c.ratios.empty(); });
  note("hazard ratio, several factors",
       some_component(world, [](const model::Component& c) { return c.hazard_factors.size() > 1; }));
  note("smr or hazard ratio of a life table", some_component(world, [](const model::Component& c) {
         return family_of(c.time) == "life_table" && !c.hazard_factors.empty();
       }));
  component("time ratio, constant", [](const program::Component& c) { return c.time_ratio >= 0 && c.warp < 0; });
  for (const bool reset : {true, false}) {
    note(std::string("time ratio by patient, ") + (reset ? "clock reset" : "running clock"),
         in_programs(world, &program::Program::warps,
                     [&](const program::Warp& w) { return (w.clock.kind == program::ClockKind::reset) == reset; }));
  }
  note("time ratio that changes", in_programs(world, &program::Program::warps, [](const program::Warp& w) {
         return any_of(w.watches, [](std::uint64_t word) { return word != 0; });
       }));
  component("odds ratio of a log-logistic", [](const program::Component& c) { return c.odds_ratio >= 0; });
  component("fixed, past: error",
            [](const program::Component& c) { return c.fixed && !c.if_past_now && !c.if_past_never; });
  component("fixed, past: now", [](const program::Component& c) { return c.fixed && c.if_past_now; });
  component("fixed, past: never", [](const program::Component& c) { return c.fixed && c.if_past_never; });
}

}  // namespace sojourn::engine::testing
