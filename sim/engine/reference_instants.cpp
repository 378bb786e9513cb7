// What happens at an instant: firings, branches, assignments, moves between states.
#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/uniform.hpp"
#include "engine/reference.hpp"

namespace sojourn::engine {

void Reference::fire(std::size_t declaration) {
  const program::Declaration& d = program_.declarations[declaration];
  if (observer_) observer_->fired(static_cast<std::int32_t>(declaration), now_, pending());
  end(declaration);
  if (!d.event) {
    assign(d.assignments);
    move(d.to, static_cast<std::int32_t>(declaration));
    return;
  }
  risks_[declaration].spent = true;
  out_->events.event.push_back(static_cast<std::int16_t>(declaration));
  out_->events.time.push_back(now_);
  occur(at(d.mark));
  assign(d.assignments);
  if (d.recurrent) {
    risks_[declaration].spent = false;
    begin_episode(declaration);
    starting_.assign(1, declaration);
    start(starting_);
  }
  arm(program_.event_branches[at(d.mark) - program_.states.size()]);
}

void Reference::fire_timer() {
  Timer timer = timers_.back();
  timers_.pop_back();
  const auto index = at(timer.branch);
  const program::Branch& branch = program_.branches[index];
  if (++timer.next < branch.at.size()) {
    timer.time = timer.trigger + branch.at[timer.next];
    set(timer);
  }
  const bool wrong_state = !branch.in[at(state_)];
  if (wrong_state || (branch.when >= 0 && value(branch.when) == 0)) {
    if (observer_) observer_->passed_over(static_cast<std::int32_t>(index), now_, wrong_state);
    return;
  }
  const program::Option& option = branch.options[choose(branch, index)];
  assign(option.assignments);
  if (option.to >= 0) move(option.to, static_cast<std::int32_t>(program_.declarations.size() + index));
}

std::size_t Reference::choose(const program::Branch& branch, std::size_t index) {
  const std::uint32_t visit = firings_[index];
  double u = std::numeric_limits<double>::quiet_NaN();
  std::size_t option = 0;
  if (branch.choice == program::ChoiceKind::rule) {
    const double chosen = value(branch.rule);
    option = static_cast<std::size_t>(chosen);
    if (!(chosen >= 0) || option >= branch.options.size()) fail_branch(branch, "the rule chose no option");
  } else {
    if (!known_number(index)) {
      const DrawAddress address{static_cast<std::uint64_t>(patient_), 0, branch.name_hash, firings_[index]};
      keep_number(index, firings_[index], uniforms({program_.seed, program_.replicate}, address).first);
    }
    u = ahead_[index].u;
    ++draws_;
    option =
        branch.choice == program::ChoiceKind::ordinal ? choose_ordinal(branch, u) : choose_by_probability(branch, u);
  }
  ++firings_[index];
  if (observer_) {
    observer_->branched(static_cast<std::int32_t>(index), now_, visit, u, static_cast<std::int32_t>(option));
  }
  return option;
}

std::size_t Reference::choose_by_probability(const program::Branch& branch, double u) {
  constexpr double slack = 1e-9;
  double listed = 0;
  bool has_rest = false;
  probabilities_.clear();
  for (const program::CodeIndex code : branch.probability) {
    has_rest = has_rest || code < 0;
    const double p = code < 0 ? 0 : value(code);
    if (!(p >= 0 && p <= 1 + slack)) fail_branch(branch, "a probability is " + number_text(p));
    listed += p;
    probabilities_.push_back(p);
  }
  if (listed > 1 + slack || (!has_rest && listed < 1 - slack)) {
    fail_branch(branch, "the probabilities add up to " + number_text(listed));
  }
  double sum = 0;
  std::size_t last_possible = 0;
  for (std::size_t i = 0; i < probabilities_.size(); ++i) {
    double p = branch.probability[i] < 0 ? std::max(0.0, 1 - listed) : probabilities_[i];
    if (i == 0 && branch.odds_ratio >= 0) {
      const double r = value(branch.odds_ratio);
      if (!(r >= 0) || r == never) fail_branch(branch, "the odds ratio is " + number_text(r));
      if (p == 1 && r == 0) fail_branch(branch, "an odds ratio of 0 on a probability of 1 says nothing");
      p = p * r / (1 - p + p * r);
    }
    sum += p;
    if (u < sum) return i;
    if (p > 0) last_possible = i;
    if (i == 0 && branch.odds_ratio >= 0) return 1;
  }
  return last_possible;
}

std::size_t Reference::choose_ordinal(const program::Branch& branch, double u) const {
  const double predictor = value(branch.predictor);
  const double latent = predictor + logit(u);
  std::size_t level = 0;
  double previous = -never;
  for (const program::CodeIndex code : branch.cutpoint) {
    const double cutpoint = value(code);
    if (!(cutpoint >= previous) || std::isnan(predictor))
      fail_branch(branch, "the cutpoints do not rise, or the predictor is not a number");
    previous = cutpoint;
    if (latent >= cutpoint) ++level;
  }
  return level;
}

void Reference::assign(const program::Assignment& assignment) {
  const auto a = at(assignment.attribute);
  const double set_to = value(assignment.value);
  if (set_to == attributes_[a]) return;
  check_assigned(a, set_to);
  if (observer_) observer_->attribute_set(assignment.attribute, now_, attributes_[a], set_to);
  attributes_[a] = set_to;
  out_->changes.attribute.push_back(static_cast<std::int16_t>(a));
  out_->changes.time.push_back(now_);
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
  if (count_[mark]++ == 0) first_[mark] = now_;
  latest_[mark] = now_;
  changed(program_.mark_bit(mark));
}

// A trigger that comes again starts the branch's schedule anew.
void Reference::arm(const std::vector<std::int32_t>& branches) {
  for (const std::int32_t b : branches) {
    const program::Branch& branch = program_.branches[at(b)];
    std::erase_if(timers_, [b](const Timer& t) { return t.branch == b; });
    set({b, branch.rank, 0, now_, now_ + branch.at.front()});
  }
  draw_ahead(branches);
}

// Keeps timers_ in order, the next one last.
void Reference::set(const Timer& timer) {
  const auto before = [](const Timer& a, const Timer& b) {
    return a.time < b.time || (a.time == b.time && a.rank < b.rank);
  };
  timers_.push_back(timer);
  for (std::size_t i = timers_.size() - 1; i > 0 && before(timers_[i - 1], timers_[i]); --i) {
    std::swap(timers_[i - 1], timers_[i]);
  }
}

// The numbers of the branches' next firings, four at a time; those that will not fire are not used.
void Reference::draw_ahead(const std::vector<std::int32_t>& branches) {
  if (branches.size() < 2) return;
  FourDraws draws;
  std::array<std::size_t, 4> of{};
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const auto b = at(branches[i]);
    if (program_.branches[b].choice != program::ChoiceKind::rule && !known_number(b)) {
      of[draws.n] = b;
      draws.add(program_.branches[b].name_hash, firings_[b]);
    }
    if (draws.n < 2 || (draws.n < 4 && i + 1 < branches.size())) continue;
    const auto u = first_uniforms({program_.seed, program_.replicate}, static_cast<std::uint64_t>(patient_), draws);
    for (std::size_t k = 0; k < draws.n; ++k) keep_number(of[k], draws.visit[k], u[k]);
    draws.n = 0;
  }
}

// Whether the number of the branch's next firing has been drawn, perhaps by an earlier strategy.
bool Reference::known_number(std::size_t branch) {
  if (ahead_[branch].visit == firings_[branch]) return true;
  if (firings_[branch] > 0 || first_draws_.numbers.empty() || std::isnan(first_draws_.numbers[branch])) return false;
  ahead_[branch] = {0, first_draws_.numbers[branch]};
  return true;
}

void Reference::keep_number(std::size_t branch, std::uint32_t visit, double u) {
  ahead_[branch] = {visit, u};
  if (visit == 0 && !first_draws_.numbers.empty()) first_draws_.numbers[branch] = u;
}

void Reference::move(std::int32_t to, std::int32_t cause) {
  out_->sojourns.state.push_back(static_cast<std::int16_t>(state_));
  out_->sojourns.cause.push_back(static_cast<std::int16_t>(cause));
  out_->sojourns.start.push_back(entered_);
  out_->sojourns.stop.push_back(now_);
  leave(to);
  enter(to);
}

void Reference::leave(std::int32_t to) {
  const program::State& here = program_.states[at(state_)];
  const auto next = at(to);
  for (const std::int32_t d : here.events) {
    const auto index = at(d);
    const program::Declaration& one = program_.declarations[index];
    const bool out = !one.from[next];
    if (one.reset || out) end(index);
    if (out) risks_[index].spent = false;
  }
  for (const std::int32_t d : here.transitions) {
    const auto index = at(d);
    const program::Declaration& one = program_.declarations[index];
    if (one.reset || !one.from[next]) end(index);
  }
}

void Reference::enter(std::int32_t state) {
  state_ = context_.state = state;
  entered_ = now_;
  occur(at(state));
  changed(program_.state_bit());
  stale_ = true;
  const program::State& here = program_.states[at(state)];
  if (observer_) observer_->entered(state, now_);
  if (!here.absorbing) update_warps();
  starting_.clear();
  for (const std::int32_t d : here.events) {
    const auto index = at(d);
    if (risks_[index].active || risks_[index].spent) continue;
    begin_episode(index);
    starting_.push_back(index);
  }
  start(starting_);
  arm(here.branches);
}

}  // namespace sojourn::engine
