// What moves patients: transitions, events, branches, strategies; and what happened in the lives.
#include "engine/races.hpp"
#include "program/lower.hpp"
#include "random_models/coverage.hpp"
#include "random_models/search.hpp"

namespace sojourn::engine::testing {

using std::ranges::any_of;

namespace {

// When transitions are due that are fixed on the clock of the state.
std::vector<double> fixed_times(const program::Program& program, const program::State& here) {
  std::vector<double> found;
  for (const std::int32_t d : here.transitions) {
    const program::Range range = program.declarations[static_cast<std::size_t>(d)].components;
    for (std::int32_t i = range.first; i < range.first + range.count; ++i) {
      const program::Component& one = program.components[static_cast<std::size_t>(i)];
      if (one.fixed && one.clock.kind == program::ClockKind::reset && one.time_ratio < 0) found.push_back(one.delay);
    }
  }
  return found;
}

}  // namespace

void Coverage::declarations(const World& world) {
  const auto some = [&](const char* name, auto holds) {
    note(name, in_programs(world, &program::Program::declarations, holds));
  };
  const auto told = [&](const char* name, auto holds) { note(name, any_of(world.model->declarations, holds)); };
  some("several components", [](const program::Declaration& d) { return d.components.count > 1; });
  some("inverse: direct", [](const program::Declaration& d) { return d.inverse == program::Inverse::direct; });
  some("inverse: segments", [](const program::Declaration& d) { return d.inverse == program::Inverse::segments; });
  some("fixed time beside others", [](const program::Declaration& d) { return d.has_fixed && d.components.count > 1; });
  some("hazard of a steady clock alone", [](const program::Declaration& d) { return d.steady; });
  some("hazard that changes while at risk", [](const program::Declaration& d) { return d.dynamic; });
  some("values taken at risk", [](const program::Declaration& d) { return d.latched; });
  some("when, of a transition", [](const program::Declaration& d) { return d.when >= 0 && !d.event; });
  some("when, of an event", [](const program::Declaration& d) { return d.when >= 0 && d.event; });
  some("event, one-off", [](const program::Declaration& d) { return d.event && !d.recurrent; });
  some("event, recurrent", [](const program::Declaration& d) { return d.recurrent; });
  const auto states = [](const program::Declaration& d) { return std::ranges::count(d.from, true); };
  some("event, reset with each state",
       [&](const program::Declaration& d) { return d.event && d.reset && states(d) > 1; });
  some("event, carried over states",
       [&](const program::Declaration& d) { return d.event && !d.reset && states(d) > 1; });
  some("transition, carried over states",
       [&](const program::Declaration& d) { return !d.event && !d.reset && states(d) > 1; });
  some("transition sets attributes", [](const program::Declaration& d) { return !d.event && d.assignments.count > 0; });
  some("event sets attributes", [](const program::Declaration& d) { return d.event && d.assignments.count > 0; });
  told("priority of transitions or events", [](const model::Declaration& d) { return d.priority != 0; });
  told("transition to the same state",
       [](const model::Declaration& d) { return d.to.valid() && std::ranges::count(d.from, d.to) > 0; });
  told("transition without a name", [](const model::Declaration& d) { return d.name.find('>') != std::string::npos; });
}

void Coverage::branches(const World& world) {
  using program::ChoiceKind;
  const auto some = [&](const char* name, auto holds) {
    note(name, any_of(world.programs, [&](const program::Program& one) {
           return any_of(one.branches, [&](const program::Branch& b) {
             return &b != &one.branches.back() || one.branches.size() == world.model->branches.size() ? holds(b)
                                                                                                      : false;
           });
         }));
  };
  const auto told = [&](const char* name, auto holds) { note(name, any_of(world.model->branches, holds)); };
  const auto rest = [](const program::Branch& b) { return std::ranges::count(b.probability, -1) > 0; };
  some("branch by a rule", [](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::rule; });
  some("branch by probabilities and the rest",
       [&](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::probabilities && rest(b); });
  some("branch by probabilities without rest",
       [&](const program::Branch& b) { return !b.by_strategy && b.choice == ChoiceKind::probabilities && !rest(b); });
  some("branch with an odds ratio", [](const program::Branch& b) { return b.odds_ratio >= 0; });
  some("branch, ordinal", [](const program::Branch& b) { return b.choice == ChoiceKind::ordinal; });
  some("strategy decides by a rule",
       [](const program::Branch& b) { return b.by_strategy && b.choice == ChoiceKind::rule; });
  some("strategy decides by probabilities",
       [](const program::Branch& b) { return b.by_strategy && b.choice == ChoiceKind::probabilities; });
  some("branch at once", [](const program::Branch& b) { return b.at.front() == 0; });
  some("branch at a time", [](const program::Branch& b) { return b.at.size() == 1 && b.at.front() > 0; });
  some("branch at several times", [](const program::Branch& b) { return b.at.size() > 1; });
  some("branch, when", [](const program::Branch& b) { return b.when >= 0; });
  some("branch moves the patient",
       [](const program::Branch& b) { return any_of(b.options, [](const auto& o) { return o.to >= 0; }); });
  some("branch sets attributes", [](const program::Branch& b) {
    return any_of(b.options, [](const auto& o) { return o.assignments.count > 0; });
  });
  told("branch on entry", [](const model::Branch& b) { return !b.on_entry.empty(); });
  told("branch on an event", [](const model::Branch& b) { return !b.on_event.empty(); });
  told("branch on both", [](const model::Branch& b) { return !b.on_entry.empty() && !b.on_event.empty(); });
  told("branch in other states than it is set in",
       [](const model::Branch& b) { return b.on_event.empty() && b.in != b.on_entry; });
  told("priority of branches", [](const model::Branch& b) { return b.priority != 0; });
}

void Coverage::strategies(const World& world) {
  const auto& all = world.model->strategies;
  const auto start = [](const std::optional<model::Choice>& choice, std::size_t kind) {
    return choice && choice->index() == kind;
  };
  note("start by a rule", start(world.model->start, 0));
  note("start by probabilities", start(world.model->start, 1));
  note("start of a strategy", any_of(all, [](const auto& one) { return one.start.has_value(); }));
  note("one strategy", all.size() == 1);
  bool alike = false, parameters = false, cohorts = false;
  for (std::size_t s = 1; s < all.size(); ++s) {
    const bool same = program::same_but_for_decisions(world.programs[0], world.programs[s]);
    alike = alike || same;
    parameters = parameters || world.programs[0].parameters != world.programs[s].parameters;
    cohorts = cohorts || !program::same_cohort(world.programs[0], world.programs[s]);
  }
  note("strategies that differ in decisions alone", alike);
  note("strategies with other parameters", parameters);
  note("strategies with cohorts of their own", cohorts);
  note("parameters", !world.model->parameters.empty());
  note("parameters made of others",
       any_of(world.model->parameters, [](const auto& one) { return !one.value.parameters_used().empty(); }));
}

void Coverage::pathway(const World& world) {
  const model::Model& m = *world.model;
  const program::Program& program = world.programs.front();
  const auto absorbing = std::ranges::count_if(m.states, [](const model::State& one) { return one.absorbing; });
  note("no absorbing state", absorbing == 0);
  note("several absorbing states", absorbing > 1);
  note("more than three states", m.states.size() > 3);
  note("more than 64 states", m.states.size() > 64);
  note("replicate", world.programs.front().replicate > 0);
  note("patients beyond 2^32", world.first_patient > std::int64_t{1} << 32);
  note("two transitions due at one instant", any_of(program.states, [&](const program::State& here) {
         auto due = fixed_times(program, here);
         std::ranges::sort(due);
         return std::ranges::adjacent_find(due) != due.end();
       }));
  note("a branch and a transition due at one instant", any_of(program.states, [&](const program::State& here) {
         const auto due = fixed_times(program, here);
         return any_of(here.branches, [&](std::int32_t b) {
           const program::Branch& branch = program.branches[static_cast<std::size_t>(b)];
           const bool acts = branch.in[static_cast<std::size_t>(&here - program.states.data())];
           return acts && any_of(branch.at, [&](double t) { return t > 0 && std::ranges::count(due, t) > 0; });
         });
       }));
  note("tags", any_of(m.states, [](const model::State& one) { return !one.tags.empty(); }));
  note("a way back", any_of(m.declarations, [](const model::Declaration& one) {
         return one.to.valid() && any_of(one.from, [&](StateId s) { return s.value > one.to.value; });
       }));
  const bool races = any_of(world.programs, only_races);
  note("nothing but races", races);
  note("races of patients who differ",
       races && any_of(program.components, [](const program::Component& one) { return !one.lasting.empty(); }));
  note("races on a clock since the start", races && any_of(program.components, [](const program::Component& one) {
                                             return one.clock.kind == program::ClockKind::forward;
                                           }));
  note("horizon of a year at most", m.horizon <= 1);
  note("horizon of eight years or more", m.horizon >= 8);
}

void Coverage::lives(const World& world, const Lived& lived) {
  struct {
    bool absorbed = false, horizon = false, events = false, changes = false, part = false, as_one = false;
    bool no_stay = false, event_and_move = false, two_events = false, branch_moves = false;
  } seen;
  const auto& block = lived.block;
  const auto patients = lived.error.empty() ? static_cast<std::size_t>(block.patients) : 0;
  for (std::size_t s = 0; s < block.strategies.size(); ++s) {
    for (std::size_t p = 0; p < patients; ++p) {
      const history::PatientHistory life = block.patient(s, p);
      const bool dead = world.model->states[static_cast<std::size_t>(life.state.back())].absorbing;
      (dead ? seen.absorbed : seen.horizon) = true;
      seen.events = seen.events || !life.event.empty();
      seen.changes = seen.changes || !life.attribute.empty();
      (block.lived_as[s * patients + p] == s ? seen.part : seen.as_one) |= s > 0;
      for (std::size_t i = 0; i + 1 < life.state.size(); ++i) {
        seen.no_stay = seen.no_stay || life.start[i] == life.stop[i];
        seen.branch_moves =
            seen.branch_moves || static_cast<std::size_t>(life.cause[i]) >= world.model->declarations.size();
        seen.event_and_move = seen.event_and_move || std::ranges::count(life.event_time, life.stop[i]) > 0;
      }
      for (std::size_t i = 1; i < life.event.size(); ++i)
        seen.two_events = seen.two_events || life.event_time[i] == life.event_time[i - 1];
    }
  }
  note("lives: absorbed", seen.absorbed);
  note("lives: up to the horizon", seen.horizon);
  note("lives: events", seen.events);
  note("lives: attributes change", seen.changes);
  note("lives: moved by a branch", seen.branch_moves);
  note("lives: strategies part", seen.part);
  note("lives: the same under two strategies", seen.as_one);
  note("lives: in and out of a state at one instant", seen.no_stay);
  note("lives: an event and a move at one instant", seen.event_and_move);
  note("lives: two events at one instant", seen.two_events);
  note("an error stops the run", !lived.error.empty());
}

}  // namespace sojourn::engine::testing
