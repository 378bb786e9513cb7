#include "engine/reference.hpp"

#include <cmath>
#include <numeric>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/uniform.hpp"

namespace sojourn::engine {

namespace {

constexpr double unset = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Reference::Reference(const program::Program& program, Observer* observer) : Reference({&program}, observer) {}

Reference::Reference(std::vector<const program::Program*> alike, Observer* observer)
    : program_(*alike.front()), observer_(observer), laws_(program_.laws), alike_(std::move(alike)) {
  const program::Program& program = program_;
  begun_.resize(alike_.size());
  lived_as_.resize(alike_.size());
  const std::size_t marks = program.marks();
  life_.first.resize(marks);
  life_.latest.resize(marks);
  life_.count.resize(marks);
  life_.attributes.resize(program.initial_attributes.size());
  life_.firings.resize(program.branches.size());
  life_.next.resize(program.declarations.size());
  life_.risks.resize(program.declarations.size());
  life_.running.resize(program.components.size());
  for (std::size_t c = 0; c < life_.running.size(); ++c) {
    life_.running[c].law = &laws_[static_cast<std::size_t>(program.components[c].laws.first)];
    life_.running[c].ratio = program.components[c].ratio;
    life_.running[c].cured = program.components[c].cured;
    life_.running[c].cure = program.components[c].cure;
    if (life_.running[c].cured && program.components[c].fraction < 0) {
      life_.running[c].limit = cumulative_hazard_limit(life_.running[c].cure);
    }
  }
  fresh_.resize(life_.running.size());
  weights_.resize(program.components.size());
  life_.lasting.resize(program.components.size());
  life_.steps.resize(program.piecewise.size());
  for (std::size_t i = 0; i < life_.steps.size(); ++i) life_.steps[i].steps = &program.piecewise[i];
  fresh_origins_.resize(life_.steps.size());
  life_.warps.resize(program.warps.size());
  life_.changed.resize(program.change_words());
  life_.changed_for_transitions = life_.changed;
}

// What expressions look at.
void Reference::see_life() {
  context_.attributes = life_.attributes;
  context_.latest = life_.latest;
  context_.count = life_.count;
  context_.state = life_.state;
  context_.now = life_.now;
}

double Reference::draw(std::uint32_t name_hash, std::uint32_t visit, std::size_t lives) {
  draws_ += lives;
  ++draws_made_;
  return uniforms({program_.seed, program_.replicate}, {static_cast<std::uint64_t>(patient_), 0, name_hash, visit})
      .first;
}

void Reference::begin(std::int64_t patient, std::span<const double> attributes) {
  patient_ = patient;
  life_.now = life_.entered = 0;
  life_.state = -1;
  see_life();
  std::copy(attributes.begin(), attributes.end(), life_.attributes.begin());
  start_age_ = program_.age_attribute < 0 ? 0 : life_.attributes[at(program_.age_attribute)];
  if (program_.year_attribute >= 0) place();
  std::fill(life_.first.begin(), life_.first.end(), unset);
  std::fill(life_.latest.begin(), life_.latest.end(), unset);
  std::fill(life_.count.begin(), life_.count.end(), 0U);
  std::fill(life_.firings.begin(), life_.firings.end(), 0U);
  std::fill(life_.next.begin(), life_.next.end(), never);
  std::fill(life_.risks.begin(), life_.risks.end(), Risk{});
  std::fill(life_.changed.begin(), life_.changed.end(), 0U);
  life_.any_changed = false;
  std::fill(life_.changed_for_transitions.begin(), life_.changed_for_transitions.end(), 0U);
  std::fill(life_.lasting.begin(), life_.lasting.end(), unset);
  for (Running& warp : life_.warps) warp.ratio = 0;
  life_.timers.clear();
  life_.happened = life_.in_this_instant = 0;
}

void Reference::live(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out) {
  history::Trajectories* const only = &out;
  live(patient, attributes, std::span(&only, 1));
}

void Reference::live(std::int64_t patient, std::span<const double> attributes,
                     std::span<history::Trajectories* const> outs) {
  outs_ = outs;
  forks_waiting_ = 0;
  out_ = outs.front();
  members_.resize(alike_.size());
  std::iota(members_.begin(), members_.end(), std::size_t{0});
  for (std::size_t m = 0; m < outs.size(); ++m) begun_[m] = outs[m]->rows();
  begin(patient, attributes);
  enter(first_state());
  after_changes();
  go_on();
  while (forks_waiting_ > 0) {
    take_up(forks_[--forks_waiting_]);
    go_on();
  }
}

void Reference::go_on() {
  for (;;) {
    Next next = earliest_event_or_branch();
    if (life_.stale && next.time > life_.now) update_transitions();
    if (!life_.stale) consider_transitions(next);
    if (next.time > (program_.states[at(life_.state)].absorbing ? life_.now : program_.horizon)) break;
    count_happening(next.time == life_.now);
    life_.now = context_.now = next.time;
    if (next.kind == Class::branch) {
      fire_timer();
    } else {
      fire(next.index);
    }
    after_changes();
  }
  finish();
}

void Reference::finish() {
  const bool absorbed = program_.states[at(life_.state)].absorbing;
  if (observer_) observer_->finished(life_.state, absorbed ? life_.now : program_.horizon, pending());
  out_->sojourns.state.push_back(static_cast<std::int16_t>(life_.state));
  out_->sojourns.cause.push_back(-1);
  out_->sojourns.start.push_back(life_.entered);
  out_->sojourns.stop.push_back(program_.horizon);
  out_->end_patient();
  for (const std::size_t m : members_) lived_as_[m] = static_cast<std::uint16_t>(members_.front());
  if (members_.size() > 1) share_rows();
}

// Strictly earlier wins, so the order of looking is the order of the classes.
Reference::Next Reference::earliest_event_or_branch() const {
  Next best;
  const program::State& here = program_.states[at(life_.state)];
  for (const std::int32_t d : here.events) {
    const auto index = at(d);
    if (life_.next[index] < best.time) best = {life_.next[index], Class::event, index};
  }
  if (!life_.timers.empty() && life_.timers.back().time < best.time)
    best = {life_.timers.back().time, Class::branch, 0};
  return best;
}

void Reference::consider_transitions(Next& next) const {
  for (const std::int32_t d : program_.states[at(life_.state)].transitions) {
    const auto index = at(d);
    if (life_.next[index] < next.time) next = {life_.next[index], Class::transition, index};
  }
}

// Loops that take no time, and recurrent events that never stop.
void Reference::count_happening(bool at_same_instant) {
  constexpr int most_at_once = 10'000, most = 1'000'000;
  life_.in_this_instant = at_same_instant ? life_.in_this_instant + 1 : 0;
  ++life_.happened;
  if (life_.in_this_instant <= most_at_once && life_.happened <= most) return;
  const bool loop = life_.in_this_instant > most_at_once;
  throw InputError(who() + ": more than " + std::to_string(loop ? most_at_once : most) + " things happen " +
                   (loop ? "at one instant (" : "in one life (by ") + number_text(life_.now) +
                   " years): " + (loop ? "a loop that takes no time" : "a hazard that is far too large?"));
}

std::string Reference::who(const program::Program& program) const {
  return "patient " + std::to_string(patient_) + ", strategy " + program.names.strategy +
         (life_.state < 0 ? ", at the start" : ", state " + program.names.states[at(life_.state)]);
}

void Reference::fail(std::size_t declaration, const std::string& what) const {
  throw InputError(who() + ", " + (program_.declarations[declaration].event ? "event " : "transition ") +
                   program_.names.declarations[declaration] + ": " + what);
}

void Reference::fail_branch(const program::Program& program, std::size_t branch, const std::string& what) const {
  throw InputError(who(program) + ", branch " + program.names.branches[branch] + ": " + what);
}

double Reference::value_at(program::CodeIndex code, std::size_t declaration, const char* what) const {
  const double v = value(code);
  if (!(v >= 0) || v == never) {
    fail(declaration, std::string(what) + " is " + number_text(v) + " (it must be finite and not negative)");
  }
  return v;
}

std::vector<Pending> Reference::pending() const {
  std::vector<Pending> all;
  const program::State& here = program_.states[at(life_.state)];
  for (const auto* list : {&here.events, &here.transitions}) {
    for (const std::int32_t d : *list) {
      const auto index = at(d);
      if (life_.risks[index].active) all.push_back({d, life_.next[index], life_.risks[index].remaining});
    }
  }
  return all;
}

}  // namespace sojourn::engine
