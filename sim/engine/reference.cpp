#include "engine/reference.hpp"

#include <cmath>

#include "base/error.hpp"
#include "base/number_text.hpp"

namespace sojourn::engine {

namespace {

constexpr double unset = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Reference::Reference(const program::Program& program, Observer* observer) : program_(program), observer_(observer) {
  const std::size_t marks = program.marks();
  first_.resize(marks);
  latest_.resize(marks);
  count_.resize(marks);
  attributes_.resize(program.initial_attributes.size());
  firings_.resize(program.branches.size());
  ahead_.resize(program.branches.size());
  next_.resize(program.declarations.size());
  risks_.resize(program.declarations.size());
  running_.resize(program.components.size());
  for (std::size_t c = 0; c < running_.size(); ++c) {
    running_[c].law = &program.laws[static_cast<std::size_t>(program.components[c].laws.first)];
    running_[c].ratio = program.components[c].ratio;
    running_[c].cured = program.components[c].cured;
    running_[c].cure = program.components[c].cure;
    if (running_[c].cured && program.components[c].fraction < 0) {
      running_[c].limit = cumulative_hazard_limit(running_[c].cure);
    }
  }
  fresh_.resize(running_.size());
  weights_.resize(program.components.size());
  lasting_.resize(program.components.size());
  steps_.resize(program.piecewise.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) steps_[i].steps = &program.piecewise[i];
  fresh_origins_.resize(steps_.size());
  warps_.resize(program.warps.size());
  changed_.resize(program.change_words());
  changed_for_transitions_ = changed_;
  context_.attributes = attributes_;
  context_.latest = latest_;
  context_.count = count_;
}

void Reference::begin(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out) {
  patient_ = patient;
  out_ = &out;
  now_ = entered_ = 0;
  context_.now = 0;
  std::copy(attributes.begin(), attributes.end(), attributes_.begin());
  start_age_ = program_.age_attribute < 0 ? 0 : attributes_[at(program_.age_attribute)];
  std::fill(first_.begin(), first_.end(), unset);
  std::fill(latest_.begin(), latest_.end(), unset);
  std::fill(count_.begin(), count_.end(), 0U);
  std::fill(firings_.begin(), firings_.end(), 0U);
  std::fill(ahead_.begin(), ahead_.end(), Ahead{});
  std::fill(next_.begin(), next_.end(), never);
  std::fill(risks_.begin(), risks_.end(), Risk{});
  std::fill(changed_.begin(), changed_.end(), 0U);
  any_changed_ = false;
  std::fill(changed_for_transitions_.begin(), changed_for_transitions_.end(), 0U);
  std::fill(lasting_.begin(), lasting_.end(), unset);
  for (Running& warp : warps_) warp.ratio = 0;
  timers_.clear();
  happened_ = in_this_instant_ = 0;
}

void Reference::live(std::int64_t patient, std::span<const double> attributes, history::Trajectories& out,
                     FirstDraws first) {
  first_draws_ = first;
  begin(patient, attributes, out);
  enter(program_.initial_state);
  after_changes();
  for (;;) {
    Next next = earliest_event_or_branch();
    if (stale_ && next.time > now_) update_transitions();
    if (!stale_) consider_transitions(next);
    if (next.time > (program_.states[at(state_)].absorbing ? now_ : program_.horizon)) break;
    count_happening(next.time == now_);
    now_ = context_.now = next.time;
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
  const bool absorbed = program_.states[at(state_)].absorbing;
  if (observer_) observer_->finished(state_, absorbed ? now_ : program_.horizon, pending());
  out_->sojourns.state.push_back(static_cast<std::int16_t>(state_));
  out_->sojourns.cause.push_back(-1);
  out_->sojourns.start.push_back(entered_);
  out_->sojourns.stop.push_back(program_.horizon);
  out_->sojourn_end.push_back(static_cast<std::uint32_t>(out_->sojourns.state.size()));
  out_->event_end.push_back(static_cast<std::uint32_t>(out_->events.event.size()));
  out_->change_end.push_back(static_cast<std::uint32_t>(out_->changes.attribute.size()));
}

// Strictly earlier wins, so the order of looking is the order of the classes.
Reference::Next Reference::earliest_event_or_branch() const {
  Next best;
  const program::State& here = program_.states[at(state_)];
  for (const std::int32_t d : here.events) {
    const auto index = at(d);
    if (next_[index] < best.time) best = {next_[index], Class::event, index};
  }
  if (!timers_.empty() && timers_.back().time < best.time) best = {timers_.back().time, Class::branch, 0};
  return best;
}

void Reference::consider_transitions(Next& next) const {
  for (const std::int32_t d : program_.states[at(state_)].transitions) {
    const auto index = at(d);
    if (next_[index] < next.time) next = {next_[index], Class::transition, index};
  }
}

// Loops that take no time, and recurrent events that never stop.
void Reference::count_happening(bool at_same_instant) {
  constexpr int most_at_once = 10'000, most = 1'000'000;
  in_this_instant_ = at_same_instant ? in_this_instant_ + 1 : 0;
  ++happened_;
  if (in_this_instant_ <= most_at_once && happened_ <= most) return;
  const bool loop = in_this_instant_ > most_at_once;
  throw InputError(who() + ": more than " + std::to_string(loop ? most_at_once : most) + " things happen " +
                   (loop ? "at one instant (" : "in one life (by ") + number_text(now_) +
                   " years): " + (loop ? "a loop that takes no time" : "a hazard that is far too large?"));
}

std::string Reference::who() const {
  return "patient " + std::to_string(patient_) + ", strategy " + program_.names.strategy + ", state " +
         program_.names.states[at(state_)];
}

void Reference::fail(std::size_t declaration, const std::string& what) const {
  throw InputError(who() + ", " + (program_.declarations[declaration].event ? "event " : "transition ") +
                   program_.names.declarations[declaration] + ": " + what);
}

void Reference::fail_branch(const program::Branch& branch, const std::string& what) const {
  const auto index = static_cast<std::size_t>(&branch - program_.branches.data());
  throw InputError(who() + ", branch " + program_.names.branches[index] + ": " + what);
}

double Reference::value(program::CodeIndex code) const {
  return expression::evaluate(program_.codes[at(code)], context_);
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
  const program::State& here = program_.states[at(state_)];
  for (const auto* list : {&here.events, &here.transitions}) {
    for (const std::int32_t d : *list) {
      const auto index = at(d);
      if (risks_[index].active) all.push_back({d, next_[index], risks_[index].remaining});
    }
  }
  return all;
}

}  // namespace sojourn::engine
