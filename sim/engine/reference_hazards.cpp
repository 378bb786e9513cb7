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

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

void Reference::after_changes() {
  if (finished_) return;
  update_warps();
  for (const std::int32_t d : program_.states[at(state_)].events) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (one.dynamic && risks_[at(d)].active && meets(one.watches, changed_)) refresh(at(d));
  }
  for (std::size_t i = 0; i < changed_.size(); ++i) {
    stale_ = stale_ || changed_[i] != 0;
    changed_for_transitions_[i] |= changed_[i];
    changed_[i] = 0;
  }
}

// Clocks whose speed depends on the patient: s = clock_at + (t - at) / slowness is carried on through each change.
void Reference::update_warps() {
  for (std::size_t w = 0; w < warps_.size(); ++w) {
    const program::Warp& source = program_.warps[w];
    Running& warp = warps_[w];
    const bool begins = source.clock.kind == program::ClockKind::reset ? source.states[at(state_)] && entered_ == now_
                        : source.clock.mark >= 0                       ? origin(source.clock) == now_
                                                                       : now_ == 0;
    const bool restarts = begins && !(warp.ratio > 0 && warp.at == now_ && warp.clock_at == 0);
    if (!restarts && !(warp.ratio > 0 && meets(source.watches, changed_))) continue;
    const double slowness = value(source.time_ratio);
    if (!(slowness > 0) || slowness == never) {
      throw InputError(who() + ": a time ratio is " + number_text(slowness) + " (it must be positive and finite)");
    }
    if (!restarts && slowness == warp.slowness) continue;
    warp.clock_at = restarts ? 0 : warp.clock(now_);
    warp.at = now_;
    warp.slowness = slowness;
    warp.ratio = 1;
  }
}

void Reference::update_transitions() {
  for (const std::int32_t d : program_.states[at(state_)].transitions) {
    const program::Declaration& one = program_.declarations[at(d)];
    if (!risks_[at(d)].active) {
      start(at(d));
    } else if (one.dynamic && meets(one.watches, changed_for_transitions_)) {
      refresh(at(d));
    }
  }
  std::fill(changed_for_transitions_.begin(), changed_for_transitions_.end(), 0U);
  stale_ = false;
}

void Reference::start(std::size_t declaration) {
  Risk& risk = risks_[declaration];
  risk.active = true;
  risk.on = false;
  risk.visit = risk.next_visit++;
  risk.remaining = std::numeric_limits<double>::quiet_NaN();
  risk.reckoned = now_;
  if (program_.declarations[declaration].steady) return start_steady(declaration);
  if (program_.declarations[declaration].latched) latch(declaration);
  read(declaration, running_, steps_);
  schedule(declaration);
}

// Nothing to evaluate and nothing that can change: what read() and schedule() would come to, in one step.
void Reference::start_steady(std::size_t declaration) {
  const auto c = at(program_.declarations[declaration].components.first);
  const program::Component& source = program_.components[c];
  Running& running = running_[c];
  risks_[declaration].on = true;
  running.law = &program_.laws[at(source.laws.first)];
  running.ratio = source.ratio;
  running.at = source.clock.kind == program::ClockKind::reset ? entered_ : 0;
  draw_budget(declaration);
  const double e = risks_[declaration].remaining;
  const double time = plain_time(running, now_, source.ratio == 1 ? e : e / source.ratio);
  next_[declaration] = time;
  if (observer_) observer_->scheduled(static_cast<std::int32_t>(declaration), now_, time, e);
}

void Reference::end(std::size_t declaration) {
  risks_[declaration].active = false;
  next_[declaration] = never;
}

// The schedule is left alone when nothing that the hazard is made of has changed: recomputing it would round
// differently.
void Reference::refresh(std::size_t declaration) {
  read(declaration, fresh_, fresh_steps_);
  if (!fresh_differs(declaration)) return;
  settle(declaration);
  take_fresh(declaration);
  schedule(declaration);
}

// Takes what has accumulated under the hazard that ran until now from the budget.
void Reference::settle(std::size_t declaration) {
  Risk& risk = risks_[declaration];
  if (risk.on && !std::isnan(risk.remaining)) {
    const double spent = cumulative(hazard(declaration), risk.reckoned, now_);
    risk.remaining = std::max(0.0, risk.remaining - spent);
  }
  risk.reckoned = now_;
}

RunningHazard Reference::hazard(std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  const std::span<const program::Component> sources(&program_.components[at(range.first)], at(range.count));
  const program::Range steps = sources.front().piecewise;
  const auto steps_end = sources.back().piecewise.first + sources.back().piecewise.count;
  return {{&running_[at(range.first)], at(range.count)},
          sources,
          std::span<const RunningSteps>(steps_).subspan(at(steps.first), at(steps_end - steps.first)),
          {&weights_[at(range.first)], at(range.count)}};
}

void Reference::schedule(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  Risk& risk = risks_[declaration];
  const program::Range range = d.components;
  risk.on = fresh_on_;
  double time = never;
  bool continuous = false;
  for (std::int32_t c = range.first; risk.on && c < range.first + range.count; ++c) {
    const program::Component& source = program_.components[at(c)];
    if (source.fixed) {
      time = std::min(time, schedule_fixed(source, running_[at(c)], declaration));
    } else {
      continuous = continuous || running_[at(c)].ratio > 0;
    }
  }
  if (continuous) {
    if (std::isnan(risk.remaining)) draw_budget(declaration);
    const Running& only = running_[at(range.first)];
    const double e = only.ratio == 1 ? risk.remaining : risk.remaining / only.ratio;
    const double reached = d.inverse == program::Inverse::direct
                               ? plain_time(only, now_, e)
                               : time_to_reach(hazard(declaration), now_, risk.remaining, program_.horizon);
    time = std::min(time, std::max(now_, reached));
  }
  next_[declaration] = time;
  if (observer_) observer_->scheduled(static_cast<std::int32_t>(declaration), now_, time, risk.remaining);
}

double Reference::schedule_fixed(const program::Component& source, const Running& running, std::size_t declaration) {
  if (!(running.ratio > 0)) return never;
  const double time = running.absolute(source.delay);
  if (time >= now_) return time;
  if (source.if_past_now) return now_;
  if (source.if_past_never) return never;
  fail(declaration, "its fixed time " + number_text(time) + " years is past when the patient comes at risk at " +
                        number_text(now_) + " years; say `if_past: now` or `if_past: never`");
}

void Reference::draw_budget(std::size_t declaration) {
  Risk& risk = risks_[declaration];
  const double u =
      uniforms({program_.seed, program_.replicate},
               {static_cast<std::uint64_t>(patient_), 0, program_.declarations[declaration].name_hash, risk.visit})
          .first;
  risk.remaining = unit_exponential(u);
  ++draws_;
  if (observer_) {
    observer_->budget_drawn(static_cast<std::int32_t>(declaration), risk.visit, u, risk.remaining, now_);
  }
}

// What is taken when the patient comes at risk and may not change midway: cure fractions and odds ratios.
void Reference::latch(std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  for (std::int32_t c = range.first; c < range.first + range.count; ++c) {
    const program::Component& source = program_.components[at(c)];
    Running& latched = running_[at(c)];
    if (source.odds_ratio >= 0)
      latched.odds_speed = pow(value_at(source.odds_ratio, declaration, "the odds ratio"), source.odds_power);
    latched.cured = source.cured;
    if (!source.cured) continue;
    double p = value_at(source.fraction, declaration, "the cure fraction");
    if (source.cure_odds_ratio >= 0) {
      const double r = value_at(source.cure_odds_ratio, declaration, "the odds ratio on the cure fraction");
      p = p * r / (1 - p + p * r);
    }
    if (p > 1) fail(declaration, "the cure fraction is " + number_text(p) + " (it must not exceed 1)");
    latched.cure.fraction = p;
    latched.cure.uncured_hazard_ratio =
        source.uncured_ratio < 0 ? 1 : value_at(source.uncured_ratio, declaration, "the hazard ratio of the uncured");
  }
}

double Reference::origin(const program::Clock& clock) const {
  switch (clock.kind) {
    case program::ClockKind::reset:
      return entered_;
    case program::ClockKind::forward:
      return 0;
    case program::ClockKind::since_first:
      return first_[at(clock.mark)];
    case program::ClockKind::since_latest:
      return latest_[at(clock.mark)];
    case program::ClockKind::age:
      break;
  }
  return -start_age_;
}

void Reference::read(std::size_t declaration, std::vector<Running>& components, std::vector<RunningSteps>& steps) {
  const program::Declaration& d = program_.declarations[declaration];
  fresh_on_ = d.when < 0 || value(d.when) != 0;
  for (std::int32_t c = d.components.first; c < d.components.first + d.components.count; ++c) {
    const program::Component& source = program_.components[at(c)];
    read_component(declaration, source, components[at(c)]);
    for (std::int32_t k = source.piecewise.first; k < source.piecewise.first + source.piecewise.count; ++k) {
      steps[at(k)].origin = origin(program_.piecewise[at(k)].clock);
    }
  }
}

bool Reference::fresh_differs(std::size_t declaration) const {
  const program::Declaration& d = program_.declarations[declaration];
  bool differs = fresh_on_ != risks_[declaration].on;
  for (std::int32_t c = d.components.first; c < d.components.first + d.components.count; ++c) {
    differs = differs || !fresh_[at(c)].same(running_[at(c)]);
    const program::Range steps = program_.components[at(c)].piecewise;
    for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k) {
      const double now = fresh_steps_[at(k)].origin;
      const double before = steps_[at(k)].origin;
      differs = differs || !(now == before || (std::isnan(now) && std::isnan(before)));
    }
  }
  return differs;
}

// What was latched at the start of the episode stays.
void Reference::take_fresh(std::size_t declaration) {
  const program::Range range = program_.declarations[declaration].components;
  for (std::int32_t c = range.first; c < range.first + range.count; ++c) {
    const Running& fresh = fresh_[at(c)];
    Running& running = running_[at(c)];
    running.law = fresh.law;
    running.at = fresh.at;
    running.clock_at = fresh.clock_at;
    running.slowness = fresh.slowness;
    running.ratio = fresh.ratio;
    const program::Range steps = program_.components[at(c)].piecewise;
    for (std::int32_t k = steps.first; k < steps.first + steps.count; ++k) steps_[at(k)] = fresh_steps_[at(k)];
  }
}

// While `when` is false the hazard is 0 and its factors are not evaluated.
void Reference::read_component(std::size_t declaration, const program::Component& source, Running& into) {
  const double begun = origin(source.clock);
  std::size_t law = at(source.laws.first);
  if (source.by >= 0) law += static_cast<std::size_t>(attributes_[at(source.by)]);
  into.law = &program_.laws[law];
  if (std::isnan(begun) || !fresh_on_) {
    into.ratio = 0;
    into.at = into.clock_at = 0;
    into.slowness = 1;
    return;
  }
  into.ratio = source.ratio;
  for (const program::CodeIndex factor : source.ratios)
    into.ratio *= value_at(factor, declaration, "a factor on the hazard");
  into.at = begun;
  into.clock_at = 0;
  if (source.warp >= 0) {
    const Running& warp = warps_[at(source.warp)];
    into.at = warp.at;
    into.clock_at = warp.clock_at;
    into.slowness = warp.slowness;
  } else if (source.time_ratio >= 0) {
    into.slowness = value(source.time_ratio);
  }
  if (!(into.slowness > 0) || into.slowness == never) {
    fail(declaration, "the time ratio is " + number_text(into.slowness) + " (it must be positive and finite)");
  }
}

}  // namespace sojourn::engine
