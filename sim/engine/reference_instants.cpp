// What happens at an instant: firings, branches, assignments, moves between states.
#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

void Reference::fire(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  if (observer_) observer_->fired(static_cast<std::int32_t>(declaration), life_.now, pending());
  end(declaration);
  if (!d.event) {
    assign(d.assignments);
    move(d.to, static_cast<std::int32_t>(declaration));
    return;
  }
  life_.risks[declaration].spent = true;
  out_->events.event.push_back(static_cast<std::int16_t>(declaration));
  out_->events.time.push_back(life_.now);
  occur(at(d.mark));
  assign(d.assignments);
  if (d.recurrent) {
    life_.risks[declaration].spent = false;
    start(declaration);
  }
  arm(program_.event_branches[at(d.mark) - program_.states.size()]);
}

void Reference::fire_timer() {
  Timer timer = life_.timers.back();
  life_.timers.pop_back();
  const auto index = at(timer.branch);
  const program::Branch& branch = program_.branches[index];
  if (++timer.next < branch.at.size()) {
    timer.time = timer.trigger + branch.at[timer.next];
    set(timer);
  }
  const bool wrong_state = !branch.in[at(life_.state)];
  if (wrong_state || (branch.when >= 0 && value(branch.when) == 0)) {
    if (observer_) observer_->passed_over(static_cast<std::int32_t>(index), life_.now, wrong_state);
    return;
  }
  const bool apart = members_.size() > 1 && branch.by_strategy;
  const Chosen chosen = apart ? part(index) : choose(*alike_[members_.front()], index, members_.size());
  if (!apart) ++life_.firings[index];
  if (observer_) {
    observer_->branched(static_cast<std::int32_t>(index), life_.now, life_.firings[index] - 1, chosen.u,
                        static_cast<std::int32_t>(chosen.option));
  }
  take(index, chosen.option);
}

void Reference::take(std::size_t branch, std::size_t option) {
  const program::Option& taken = program_.branches[branch].options[option];
  assign(taken.assignments);
  if (taken.to >= 0) move(taken.to, static_cast<std::int32_t>(program_.declarations.size() + branch));
}

Reference::Chosen Reference::choose(const program::Program& program, std::size_t branch, std::size_t lives) {
  const program::Branch& one = program.branches[branch];
  if (one.choice == program::ChoiceKind::rule) {
    return {choose_by_rule(program, branch), std::numeric_limits<double>::quiet_NaN()};
  }
  const double u = draw(one.name_hash, life_.firings[branch], lives);
  return {one.choice == program::ChoiceKind::ordinal ? choose_ordinal(program, branch, u)
                                                     : choose_by_probability(program, branch, u),
          u};
}

std::size_t Reference::choose_by_rule(const program::Program& program, std::size_t branch) const {
  const double chosen = value(program, program.branches[branch].rule);
  const auto option = static_cast<std::size_t>(chosen);
  if (chosen >= 0 && option < program.branches[branch].options.size()) return option;
  fail_branch(program, branch, "the rule chose no option");
}

std::size_t Reference::choose_by_probability(const program::Program& program, std::size_t index, double u) {
  const program::Branch& branch = program.branches[index];
  constexpr double slack = 1e-9;
  double listed = 0;
  bool has_rest = false;
  probabilities_.clear();
  for (const program::CodeIndex code : branch.probability) {
    has_rest = has_rest || code < 0;
    const double p = code < 0 ? 0 : value(program, code);
    if (!(p >= 0 && p <= 1 + slack)) fail_branch(program, index, "a probability is " + number_text(p));
    listed += p;
    probabilities_.push_back(p);
  }
  if (listed > 1 + slack || (!has_rest && listed < 1 - slack)) {
    fail_branch(program, index, "the probabilities add up to " + number_text(listed));
  }
  double sum = 0;
  std::size_t last_possible = 0;
  for (std::size_t i = 0; i < probabilities_.size(); ++i) {
    double p = branch.probability[i] < 0 ? std::max(0.0, 1 - listed) : probabilities_[i];
    if (i == 0 && branch.odds_ratio >= 0) {
      const double r = value(program, branch.odds_ratio);
      if (!(r >= 0) || r == never) fail_branch(program, index, "the odds ratio is " + number_text(r));
      if (p == 1 && r == 0) fail_branch(program, index, "an odds ratio of 0 on a probability of 1 says nothing");
      p = p * r / (1 - p + p * r);
    }
    sum += p;
    if (u < sum) return i;
    if (p > 0) last_possible = i;
    if (i == 0 && branch.odds_ratio >= 0) return 1;
  }
  return last_possible;
}

std::size_t Reference::choose_ordinal(const program::Program& program, std::size_t index, double u) const {
  const program::Branch& branch = program.branches[index];
  const double predictor = value(program, branch.predictor);
  const double latent = predictor + logit(u);
  std::size_t level = 0;
  double previous = -never;
  for (const program::CodeIndex code : branch.cutpoint) {
    const double cutpoint = value(program, code);
    if (!(cutpoint >= previous) || std::isnan(predictor))
      fail_branch(program, index, "the cutpoints do not rise, or the predictor is not a number");
    previous = cutpoint;
    if (latent >= cutpoint) ++level;
  }
  return level;
}

void Reference::assign(const program::Assignment& assignment) {
  const auto a = at(assignment.attribute);
  const double set_to = value(assignment.value);
  if (set_to == life_.attributes[a]) return;
  check_assigned(a, set_to);
  if (observer_) observer_->attribute_set(assignment.attribute, life_.now, life_.attributes[a], set_to);
  life_.attributes[a] = set_to;
  out_->changes.attribute.push_back(static_cast<std::int16_t>(a));
  out_->changes.time.push_back(life_.now);
  out_->changes.value.push_back(set_to);
  changed(program_.attribute_bit(a));
}

void Reference::check_assigned(std::size_t attribute, double value) const {
  const auto& levels = program_.number_levels[attribute];
  const bool known = levels.empty() || std::find(levels.begin(), levels.end(), value) != levels.end();
  if (known && !std::isnan(value)) return;
  const std::string set_to = std::isnan(value) ? "set to NaN" : "set to " + number_text(value) + ", none of its levels";
  throw InputError(who() + ", attribute " + program_.names.attributes[attribute] + ": " + set_to);
}

void Reference::occur(std::size_t mark) {
  if (life_.count[mark]++ == 0) life_.first[mark] = life_.now;
  life_.latest[mark] = life_.now;
  changed(program_.mark_bit(mark));
}

// A trigger that comes again starts the branch's schedule anew.
void Reference::arm(const std::vector<std::int32_t>& branches) {
  for (const std::int32_t b : branches) {
    const program::Branch& branch = program_.branches[at(b)];
    std::erase_if(life_.timers, [b](const Timer& t) { return t.branch == b; });
    set({b, branch.rank, 0, life_.now, life_.now + branch.at.front()});
  }
}

// Keeps life_.timers in order, the next one last.
void Reference::set(const Timer& timer) {
  const auto before = [](const Timer& a, const Timer& b) {
    return a.time < b.time || (a.time == b.time && a.rank < b.rank);
  };
  life_.timers.push_back(timer);
  for (std::size_t i = life_.timers.size() - 1; i > 0 && before(life_.timers[i - 1], life_.timers[i]); --i) {
    std::swap(life_.timers[i - 1], life_.timers[i]);
  }
}

void Reference::move(std::int32_t to, std::int32_t cause) {
  out_->sojourns.state.push_back(static_cast<std::int16_t>(life_.state));
  out_->sojourns.cause.push_back(static_cast<std::int16_t>(cause));
  out_->sojourns.start.push_back(life_.entered);
  out_->sojourns.stop.push_back(life_.now);
  leave(to);
  enter(to);
}

void Reference::leave(std::int32_t to) {
  const program::State& here = program_.states[at(life_.state)];
  const auto next = at(to);
  for (const std::int32_t d : here.events) {
    const auto index = at(d);
    const program::Declaration& one = program_.declarations[index];
    const bool out = !one.from[next];
    if (one.reset || out) end(index);
    if (out) life_.risks[index].spent = false;
  }
  for (const std::int32_t d : here.transitions) {
    const auto index = at(d);
    const program::Declaration& one = program_.declarations[index];
    if (one.reset || !one.from[next]) end(index);
  }
}

std::int32_t Reference::first_state() {
  if (program_.start_branch < 0) return program_.initial_state;
  const auto index = at(program_.start_branch);
  const Chosen chosen = choose(program_, index, members_.size());
  ++life_.firings[index];
  if (observer_) {
    observer_->branched(program_.start_branch, life_.now, 0, chosen.u, static_cast<std::int32_t>(chosen.option));
  }
  return program_.branches[index].options[chosen.option].to;
}

void Reference::enter(std::int32_t state) {
  life_.state = context_.state = state;
  life_.entered = life_.now;
  occur(at(state));
  changed(program_.state_bit());
  life_.stale = true;
  const program::State& here = program_.states[at(state)];
  if (observer_) observer_->entered(state, life_.now);
  if (!here.absorbing) update_warps();
  for (const std::int32_t d : here.events) {
    const Risk& risk = life_.risks[at(d)];
    if (!risk.active && !risk.spent) start(at(d));
  }
  arm(here.branches);
}

}  // namespace sojourn::engine
