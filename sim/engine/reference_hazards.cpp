// Risk episodes: budgets, clocks, effects, and when each declaration would fire.
#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/uniform.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

namespace {

bool meets(const program::ChangeSet& a, const program::ChangeSet& b) {
  std::uint64_t common = 0;
  for (std::size_t i = 0; i < a.size(); ++i) common |= a[i] & b[i];
  return common != 0;
}

constexpr const char* hazard_factor = "a factor on the hazard";

}  // namespace

void Reference::after_changes() {
  if (!life_.any_changed || program_.states[at(life_.state)].absorbing) return;
  life_.any_changed = false;
  life_.stale = true;
  update_warps();
  for (const std::int32_t d : program_.states[at(life_.state)].events) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (one.dynamic && life_.risks[at(d)].active && meets(one.watches, life_.changed)) refresh(at(d));
  }
  for (std::size_t i = 0; i < life_.changed.size(); ++i) {
    life_.changed_for_transitions[i] |= life_.changed[i];
    life_.changed[i] = 0;
  }
}

// Clocks whose speed depends on the patient: s = clock_at + (t - at) / slowness is carried on through each change.
void Reference::update_warps() {
  for (std::size_t w = 0; w < life_.warps.size(); ++w) {
    const program::Warp& source = program_.warps[w];
    Running& warp = life_.warps[w];
    const bool begins = source.clock.kind == program::ClockKind::reset
                            ? source.states[at(life_.state)] && life_.entered == life_.now
                        : source.clock.mark >= 0 ? origin(source.clock) == life_.now
                                                 : life_.now == 0;
    const bool restarts = begins && !(warp.ratio > 0 && warp.at == life_.now && warp.clock_at == 0);
    if (!restarts && !(warp.ratio > 0 && meets(source.watches, life_.changed))) continue;
    const double slowness = time_ratio(source.time_ratio, at(source.declaration));
    if (!restarts && slowness == warp.slowness) continue;
    warp.clock_at = restarts ? 0 : warp.clock(life_.now);
    warp.at = life_.now;
    warp.slowness = slowness;
    warp.ratio = 1;
  }
}

void Reference::update_transitions() {
  for (const std::int32_t d : program_.states[at(life_.state)].transitions) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (!life_.risks[at(d)].active) {
      start(at(d));
    } else if (one.dynamic && meets(one.watches, life_.changed_for_transitions)) {
      refresh(at(d));
    }
  }
  std::fill(life_.changed_for_transitions.begin(), life_.changed_for_transitions.end(), 0U);
  life_.stale = false;
}

void Reference::start(std::size_t declaration) {
  begin_episode(declaration);
  schedule(declaration);
}

void Reference::draw_budget(std::size_t declaration) {
  Risk& risk = life_.risks[declaration];
  const double u = draw(program_.declarations[declaration].name_hash, risk.visit, members_.size());
  risk.remaining = unit_exponential(u);
  if (observer_) {
    observer_->budget_drawn(static_cast<std::int32_t>(declaration), risk.visit, u, risk.remaining, life_.now);
  }
}

void Reference::begin_episode(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  Risk& risk = life_.risks[declaration];
  risk.active = true;
  risk.on = true;
  risk.visit = risk.next_visit++;
  risk.remaining = std::numeric_limits<double>::quiet_NaN();
  risk.reckoned = life_.now;
  if (d.steady) {  // only the clock's origin depends on the patient
    const auto c = at(d.components.first);
    life_.running[c].at = origin(program_.components[c].clock);
    risk.hazard = true;
    return;
  }
  if (d.latched) latch(declaration);
  risk.on = on(d);
  risk.hazard = false;
  for (std::int32_t i = d.components.first; i < d.components.first + d.components.count; ++i) {
    const program::Component& source = program_.components[at(i)];
    Stance& running = life_.running[at(i)];
    running = stance(declaration, at(i), risk.on);
    risk.hazard = risk.hazard || (running.ratio > 0 && !source.fixed);
    for (std::int32_t k = source.piecewise.first; k < source.piecewise.first + source.piecewise.count; ++k) {
      life_.steps[at(k)].origin = origin(program_.piecewise[at(k)].clock);
    }
  }
}

void Reference::end(std::size_t declaration) {
  life_.risks[declaration].active = false;
  life_.next[declaration] = never;
}

// The schedule is left alone when nothing that the hazard is made of has changed: recomputing it would round
// differently. What was latched at the start of the episode stays.
void Reference::refresh(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  Risk& risk = life_.risks[declaration];
  const bool now_on = on(d);
  bool differs = now_on != risk.on;
  bool hazard = false;
  for (std::int32_t i = d.components.first; i < d.components.first + d.components.count; ++i) {
    const program::Component& source = program_.components[at(i)];
    Stance& fresh = fresh_[at(i)];
    fresh = stance(declaration, at(i), now_on);
    differs = differs || fresh != life_.running[at(i)];
    hazard = hazard || (fresh.ratio > 0 && !source.fixed);
    for (std::int32_t k = source.piecewise.first; k < source.piecewise.first + source.piecewise.count; ++k) {
      const double before = life_.steps[at(k)].origin;
      const double now = fresh_origins_[at(k)] = origin(program_.piecewise[at(k)].clock);
      differs = differs || !(now == before || (std::isnan(now) && std::isnan(before)));
    }
  }
  if (!differs) return;
  settle(declaration);
  for (std::int32_t i = d.components.first; i < d.components.first + d.components.count; ++i) {
    const program::Range steps = program_.components[at(i)].piecewise;
    static_cast<Stance&>(life_.running[at(i)]) = fresh_[at(i)];
    for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k)
      life_.steps[at(k)].origin = fresh_origins_[at(k)];
  }
  risk.on = now_on;
  risk.hazard = hazard;
  schedule(declaration);
}

// Takes what has accumulated under the hazard that ran until now from the budget.
void Reference::settle(std::size_t declaration) {
  Risk& risk = life_.risks[declaration];
  if (risk.on && !std::isnan(risk.remaining)) {
    const program::Declaration& d = program_.declarations[declaration];
    const Running& first = life_.running[at(d.components.first)];
    double spent = 0;  // also while a factor of 0 pauses it, whatever the law does meanwhile
    if (d.inverse == program::Inverse::segments || d.has_fixed) {
      spent = cumulative(hazard(declaration), risk.reckoned, life_.now);
    } else if (first.ratio > 0) {
      spent = first.ratio * plain_between(first, risk.reckoned, life_.now);
    }
    risk.remaining = std::max(0.0, risk.remaining - spent);
  }
  risk.reckoned = life_.now;
}

RunningHazard Reference::hazard(std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  const std::span<const program::Component> sources(&program_.components[at(range.first)], at(range.count));
  const program::Range steps = sources.front().piecewise;
  const auto steps_end = sources.back().piecewise.first + sources.back().piecewise.count;
  return {{&life_.running[at(range.first)], at(range.count)},
          sources,
          std::span<const RunningSteps>(life_.steps).subspan(at(steps.first), at(steps_end - steps.first)),
          {&weights_[at(range.first)], at(range.count)}};
}

void Reference::schedule(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  Risk& risk = life_.risks[declaration];
  double time = never;
  if (risk.hazard) {
    if (std::isnan(risk.remaining)) draw_budget(declaration);
    time = d.inverse == program::Inverse::direct
               ? time_alone(life_.running[at(d.components.first)], life_.now, risk.remaining)
               : time_to_reach(hazard(declaration), life_.now, risk.remaining, program_.horizon);
  }
  for (std::int32_t c = d.components.first; d.has_fixed && c < d.components.first + d.components.count; ++c) {
    const program::Component& source = program_.components[at(c)];
    if (source.fixed && risk.on) time = std::min(time, schedule_fixed(source, life_.running[at(c)], declaration));
  }
  life_.next[declaration] = time;
  if (observer_) observer_->scheduled(static_cast<std::int32_t>(declaration), life_.now, time, risk.remaining);
}

double Reference::schedule_fixed(const program::Component& source, const Running& running, std::size_t declaration) {
  if (!(running.ratio > 0)) return never;
  const double time = running.absolute(source.delay);
  if (time >= life_.now) return time;
  if (source.if_past_now) return life_.now;
  if (source.if_past_never) return never;
  fail(declaration,
       "its fixed time " + number_text(time) + " years is past at " + number_text(life_.now) +
           " years, when the patient comes at risk or `when` becomes true; say `if_past: now` or `if_past: never`");
}

// What is taken when the patient comes at risk and may not change midway: cure fractions and odds ratios.
void Reference::latch(std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  for (std::int32_t c = range.first; c < range.first + range.count; ++c) {
    const program::Component& source = program_.components[at(c)];
    Running& latched = life_.running[at(c)];
    if (source.odds_ratio >= 0)
      latched.odds_speed = pow(value_at(source.odds_ratio, declaration, "the odds ratio"), source.odds_power);
    if (source.fraction < 0) continue;
    const auto or_1 = [this](program::CodeIndex code) { return code < 0 ? 1.0 : value(code); };
    const auto cure =
        distributions::make_cure(value(source.fraction), or_1(source.cure_odds_ratio), or_1(source.uncured_ratio));
    if (const auto* problem = std::get_if<std::string>(&cure)) fail(declaration, *problem);
    latched.cure = std::get<distributions::Cure>(cure);
  }
}

double Reference::time_ratio(program::CodeIndex code, std::size_t declaration) const {
  const double slowness = value(code);
  if (!(slowness > 0) || slowness == never) {
    fail(declaration, "the time ratio is " + number_text(slowness) + " (it must be positive and finite)");
  }
  return slowness;
}

double Reference::origin(const program::Clock& clock) const {
  switch (clock.kind) {
    case program::ClockKind::reset:
      return life_.entered;
    case program::ClockKind::forward:
      return 0;
    case program::ClockKind::since_first:
      return life_.first[at(clock.mark)];
    case program::ClockKind::since_latest:
      return life_.latest[at(clock.mark)];
    case program::ClockKind::age:
      return -start_age_;
    case program::ClockKind::calendar:
      break;
  }
  return -start_year_;
}

bool Reference::on(const program::Declaration& declaration) const {
  return declaration.when < 0 || value(declaration.when) != 0;
}

// The factors that no change can reach, reckoned once a life.
double Reference::lasting_factor(std::size_t declaration, std::size_t component) {
  double& product = life_.lasting[component];
  if (std::isnan(product)) {
    product = program_.components[component].ratio;
    for (const program::CodeIndex factor : program_.components[component].lasting) {
      product *= value_at(factor, declaration, hazard_factor);
    }
  }
  return product;
}

// How a component stands now. While `when` is false the hazard is 0 and its factors are not evaluated.
Stance Reference::stance(std::size_t declaration, std::size_t component, bool on) {
  const program::Component& source = program_.components[component];
  const double begun = origin(source.clock);
  std::size_t law = at(source.laws.first);
  if (source.by >= 0) law += static_cast<std::size_t>(life_.attributes[at(source.by)]);
  Stance made;
  made.law = &laws_[law];
  if (std::isnan(begun) || !on) return made;
  made.at = begun;
  made.ratio = source.lasting.empty() ? source.ratio : lasting_factor(declaration, component);
  for (const program::CodeIndex factor : source.ratios) made.ratio *= value_at(factor, declaration, hazard_factor);
  if (source.warp >= 0) {
    const Running& warp = life_.warps[at(source.warp)];
    made.at = warp.at;
    made.clock_at = warp.clock_at;
    made.slowness = warp.slowness;
  } else if (source.time_ratio >= 0) {
    made.slowness = time_ratio(source.time_ratio, declaration);
  }
  return made;
}

}  // namespace sojourn::engine
