#include <algorithm>

#include "base/elementary.hpp"
#include "base/hash.hpp"
#include "program/lowering.hpp"

namespace sojourn::program {

void Lowering::declarations() {
  for (std::size_t d = 0; d < model_.declarations.size(); ++d) declaration(d);
}

void Lowering::declaration(std::size_t index) {
  const auto& source = model_.declarations[index];
  program_.names.declarations.push_back(source.name);
  Declaration target;
  target.event = source.kind == model::Declaration::Kind::event;
  target.recurrent = source.recurrent;
  target.name_hash = fnv1a32(source.name);
  target.to = source.to.value;
  target.mark = source.mark.value;
  target.from.assign(model_.states.size(), false);
  for (const StateId s : source.from) target.from[s.index()] = true;
  target.watches = no_changes();
  target.when = code(source.when);
  watch(target.watches, target.when);
  target.components.first = static_cast<std::int32_t>(program_.components.size());
  for (const auto& one : source.components) {
    component(one, source, target);
    target.has_fixed = target.has_fixed || program_.components.back().fixed;
    target.reset = target.reset || one.clock.kind == model::Clock::Kind::reset;
  }
  target.components.count = static_cast<std::int32_t>(program_.components.size()) - target.components.first;
  if (target.components.count > 1) target.inverse = Inverse::segments;
  target.dynamic = std::any_of(target.watches.begin(), target.watches.end(), [](auto word) { return word != 0; });
  target.steady = steady(target);
  target.assignments = assignments(source.sets);
  program_.declarations.push_back(std::move(target));
}

bool Lowering::steady(const Declaration& declaration) const {
  const Component& only = program_.components[static_cast<std::size_t>(declaration.components.first)];
  const bool depends = declaration.dynamic || declaration.when >= 0 || declaration.latched || only.by >= 0 ||
                       only.time_ratio >= 0 || !only.ratios.empty() || !only.lasting.empty();
  return declaration.inverse == Inverse::direct && !depends && !only.fixed && only.ratio > 0 &&
         (only.clock.kind == ClockKind::reset || only.clock.kind == ClockKind::forward);
}

std::int32_t Lowering::component(const model::Component& source, const model::Declaration& owner, Declaration& target) {
  Component made;
  made.clock = clock(source.clock);
  made.told = made.clock.kind;
  if (made.clock.kind != ClockKind::reset) watch(target.watches, made.clock);
  made.laws = laws(source.time, made);
  effects(source, made, target.watches);
  if (source.time.cure) cure(source.time, made);
  if (source.odds_ratio) {
    made.odds_ratio = code(*source.odds_ratio);
    made.odds_power = 1.0 / constant(source.time.values.front());  // the shape
  }
  warp(source, owner, made);
  if (made.time_ratio >= 0) watch(target.watches, made.time_ratio);
  if (made.by >= 0 && assigned_[static_cast<std::size_t>(made.by)]) {
    const std::size_t bit = program_.attribute_bit(static_cast<std::size_t>(made.by));
    target.watches[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  if (made.piecewise.count > 0) target.inverse = Inverse::segments;
  target.latched = target.latched || made.fraction >= 0 || made.odds_ratio >= 0;
  program_.components.push_back(std::move(made));
  return static_cast<std::int32_t>(program_.components.size() - 1);
}

void Lowering::effects(const model::Component& source, Component& target, ChangeSet& watches) {
  target.piecewise.first = static_cast<std::int32_t>(program_.piecewise.size());
  for (const auto& factor : source.hazard_factors) {
    if (const auto* expression = std::get_if<model::Expression>(&factor)) {
      const CodeIndex index = code(*expression);
      const Code& made = program_.codes[static_cast<std::size_t>(index)];
      if (made.constant) {
        if (!(made.value >= 0) || made.value > 1e300) {
          fail(source.time.at, "a hazard ratio is not a number >= 0");
        }
        target.ratio *= made.value;
      } else if (lasts(index)) {
        target.lasting.push_back(index);
      } else {
        target.ratios.push_back(index);
        watch(watches, index);
      }
      continue;
    }
    const auto& steps = std::get<model::Piecewise>(factor);
    Piecewise made{clock(steps.clock), {}, {}};
    for (std::size_t i = 0; i < steps.values.size(); ++i) {
      const double next = constant(steps.values[i]);
      if (i > 0 && next == made.values.back()) continue;  // no cut where nothing changes
      if (i > 0) made.cuts.push_back(constant(steps.times[i - 1]));
      made.values.push_back(next);
    }
    if (made.cuts.empty() && made.values.front() == 1) continue;  // no effect, not even one of rounding
    watch(watches, made.clock);
    program_.piecewise.push_back(std::move(made));
  }
  target.piecewise.count = static_cast<std::int32_t>(program_.piecewise.size()) - target.piecewise.first;
}

void Lowering::cure(const model::Distribution& source, Component& target) {
  target.cured = true;
  target.fraction = code(source.cure->fraction);
  target.cure_odds_ratio = code(source.cure->odds_ratio);
  target.uncured_ratio = code(source.cure->uncured_hazard_ratio);
  const auto folded = [this](CodeIndex index) { return index < 0 ? nullptr : &program_.codes[at(index)]; };
  const Code* const fraction = folded(target.fraction);
  const Code* const odds = folded(target.cure_odds_ratio);
  const Code* const ratio = folded(target.uncured_ratio);
  if (!fraction->constant || (odds && !odds->constant) || (ratio && !ratio->constant)) return;
  const auto made = distributions::make_cure(fraction->value, odds ? odds->value : 1, ratio ? ratio->value : 1);
  if (const auto* problem = std::get_if<std::string>(&made)) fail(source.at, *problem);
  target.cure = std::get<distributions::Cure>(made);
  target.fraction = -1;
}

void Lowering::warp(const model::Component& source, const model::Declaration& owner, Component& target) {
  target.time_ratio = code(source.time_ratio);
  if (target.time_ratio < 0 || program_.codes[static_cast<std::size_t>(target.time_ratio)].constant) return;
  Warp made{target.clock, static_cast<std::int32_t>(program_.declarations.size()), target.time_ratio,
            std::vector<bool>(model_.states.size(), false), no_changes()};
  if (made.clock.kind == ClockKind::reset) {
    for (const StateId s : owner.from) made.states[s.index()] = true;
  }
  watch(made.watches, made.time_ratio);
  target.warp = static_cast<std::int32_t>(program_.warps.size());
  program_.warps.push_back(std::move(made));
}

void Lowering::at_risk_lists() {
  const auto add = [this](bool events) {
    std::vector<std::size_t> order;
    for (std::size_t d = 0; d < model_.declarations.size(); ++d) {
      if (program_.declarations[d].event == events) order.push_back(d);
    }
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return model_.declarations[a].priority < model_.declarations[b].priority;
    });
    for (const std::size_t d : order) {
      for (const StateId s : model_.declarations[d].from) {
        State& state = program_.states[s.index()];
        (events ? state.events : state.transitions).push_back(static_cast<std::int32_t>(d));
      }
    }
  };
  add(true);
  add(false);
}

}  // namespace sojourn::program
