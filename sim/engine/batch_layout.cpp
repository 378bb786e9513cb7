#include "engine/batch_layout.hpp"

#include <algorithm>

namespace sojourn::engine {

namespace {

using program::at;

int words_for(std::size_t bits) {
  return static_cast<int>(bits / 64 + 1);
}

// Marks that expressions or clocks look at.
std::vector<bool> looked_at(const std::vector<const program::Program*>& alike) {
  std::vector<bool> looked(alike.front()->marks(), false);
  const auto clock = [&](const program::Clock& one) {
    if (one.mark >= 0) looked[at(one.mark)] = true;
  };
  for (const program::Program* program : alike) {
    for (const auto& code : program->codes) {
      for (const MarkId mark : code.dependencies.marks) looked[mark.index()] = true;
    }
    for (const auto& one : program->components) clock(one.clock);
    for (const auto& one : program->piecewise) clock(one.clock);
    for (const auto& one : program->warps) clock(one.clock);
  }
  return looked;
}

}  // namespace

int BatchLayout::take(int slots, double value) {
  const int first = static_cast<int>(fresh.size());
  fresh.resize(fresh.size() + static_cast<std::size_t>(slots), value);
  return first;
}

BatchLayout::BatchLayout(const std::vector<const program::Program*>& alike) {
  const program::Program& program = *alike.front();
  now = take();
  entered = take();
  stale = take();
  timer_time = take(1, infinity);
  timer_rank = take(1, infinity);
  happened = take();
  at_once = take();
  last_state = take();
  patient = take();
  lives = take();
  declaration_words = words_for(program.declarations.size());
  active = take(declaration_words);
  spent = take(declaration_words);
  on = take(declaration_words);
  change_words = static_cast<int>(program.change_words());
  changed = take(change_words);
  changed_before = take(change_words);
  sojourns = take();
  events = take();
  changes = take();
  branch_words = words_for(program.branches.size());
  armed = take(branch_words);
  member_words = words_for(alike.size());
  members = take(member_words);
  start_age = take();
  start_year = take();
  attributes = take(static_cast<int>(program.initial_attributes.size()));
  marks.resize(program.marks());
  const std::vector<bool> looked = looked_at(alike);
  for (std::size_t m = 0; m < marks.size(); ++m) {
    if (looked[m]) marks[m] = {take(1, not_a_number), take(1, not_a_number), take()};
  }
  by_rank.resize(program.branches.size());
  for (std::size_t b = 0; b < program.branches.size(); ++b) {
    branches.push_back({take(), take(1, infinity), take(), take()});
    const auto index = static_cast<std::int32_t>(b);
    if (!program.branches[b].at.empty())
      by_rank[at(program.branches[b].rank)] = index;  // the choice of a start has none
  }
  components.resize(program.components.size());
  origins.assign(program.piecewise.size(), -1);
  for (std::size_t d = 0; d < program.declarations.size(); ++d) lay_out_declaration(program, d);
  for (std::size_t w = 0; w < program.warps.size(); ++w) warps.push_back({take(), take(), take(1, 1), take()});
  share_laws(program);
  tracks_changes = !warps.empty() || std::ranges::any_of(program.declarations, &program::Declaration::dynamic);
  for (const program::State& state : program.states) {
    const auto simple = [&](std::int32_t d) {
      const program::Declaration& one = program.declarations[at(d)];
      return one.steady && one.reset;
    };
    races.push_back(!state.transitions.empty() && state.transitions.size() <= most_in_race &&
                    std::ranges::all_of(state.transitions, simple));
  }
  constexpr std::size_t line = 8;
  fresh.resize((fresh.size() + line - 1) / line * line);
  if (fresh.size() / line % 2 == 0)
    fresh.resize(fresh.size() + line);  // or records would crowd into few sets of a cache
  size = fresh.size();
  lay_out_sets(program);
}

void BatchLayout::lay_out_declaration(const program::Program& program, std::size_t d) {
  const program::Declaration& source = program.declarations[d];
  Declaration& made = declarations.emplace_back();
  made.next = take(1, infinity);
  made.visits = take();
  made.kept = source.dynamic || source.inverse == program::Inverse::segments;
  if (made.kept) {
    made.remaining = take(1, not_a_number);
    made.reckoned = take();
  }
  for (std::int32_t c = source.components.first; c < source.components.first + source.components.count; ++c) {
    const program::Component& component = program.components[at(c)];
    Component& slots = components[at(c)];
    if (!component.lasting.empty()) slots.lasting = take(1, not_a_number);
    if (!made.kept) continue;
    slots.at = take();
    slots.ratio = take();
    if (component.time_ratio >= 0) {
      slots.clock_at = take();
      slots.slowness = take(1, 1);
    }
    if (component.by >= 0) slots.law = take();
    if (component.odds_ratio >= 0) slots.odds_speed = take(1, 1);
    if (component.fraction >= 0) {
      slots.fraction = take();
      slots.uncured = take(1, 1);
    }
    for (std::int32_t k = component.piecewise.first; k < component.piecewise.first + component.piecewise.count; ++k) {
      origins[at(k)] = take(1, not_a_number);
    }
  }
}

void BatchLayout::share_laws(const program::Program& program) {
  std::vector<std::vector<std::size_t>> groups;
  const auto alike = [&](const program::Component& a, const program::Component& b) {
    return a.laws.first == b.laws.first && a.clock.kind == b.clock.kind && a.clock.mark == b.clock.mark &&
           a.cured == b.cured && a.cure.fraction == b.cure.fraction &&
           a.cure.uncured_hazard_ratio == b.cure.uncured_hazard_ratio;
  };
  for (std::size_t c = 0; c < components.size(); ++c) {
    const program::Component& one = program.components[c];
    if (components[c].at < 0 || one.fixed || one.by >= 0 || one.time_ratio >= 0 || one.odds_ratio >= 0 ||
        one.fraction >= 0)
      continue;
    const auto found = std::ranges::find_if(
        groups, [&](const std::vector<std::size_t>& group) { return alike(program.components[group.front()], one); });
    (found == groups.end() ? groups.emplace_back() : *found).push_back(c);
  }
  for (const std::vector<std::size_t>& group : groups) {
    if (group.size() < 2) continue;
    for (const std::size_t c : group) components[c].shared = shared;
    ++shared;
  }
}

void BatchLayout::lay_out_sets(const program::Program& program) {
  const auto words = at(declaration_words);
  at_risk.assign(program.states.size() * words, 0);
  resets.assign(words, 0);
  event.assign(words, 0);
  for (std::size_t d = 0; d < program.declarations.size(); ++d) {
    const program::Declaration& one = program.declarations[d];
    const std::uint64_t bit = std::uint64_t{1} << (d % 64);
    if (one.reset) resets[d / 64] |= bit;
    if (one.event) event[d / 64] |= bit;
    for (std::size_t s = 0; s < one.from.size(); ++s) {
      if (one.from[s]) at_risk[s * words + d / 64] |= bit;
    }
  }
}

std::string not_in_batches(const program::Program& program) {
  if (!program.places.empty()) return "a law depends on the calendar date at which a patient starts";
  return "";
}

std::vector<std::string> one_at_a_time(const program::Program& program) {
  std::vector<std::string> names;
  for (std::size_t d = 0; d < program.declarations.size(); ++d) {
    if (program.declarations[d].inverse == program::Inverse::segments) {
      names.push_back(program.names.declarations[d]);
    }
  }
  return names;
}

}  // namespace sojourn::engine
