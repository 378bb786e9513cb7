#include "outcomes/worth.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/exact_sum.hpp"
#include "base/number_text.hpp"

namespace sojourn::outcomes {

namespace {

constexpr double not_yet = std::numeric_limits<double>::quiet_NaN();

std::int64_t nearest(double units) {
  return static_cast<std::int64_t>(units < 0 ? units - 0.5 : units + 0.5);
}

bool too_large(double units) {
  return !(units > -most_units && units < most_units);
}

}  // namespace

Worth::Worth(std::shared_ptr<const WorthProgram> program)
    : program_(std::move(program)),
      costs_(program_->cost_names.size()),
      qalys_(program_->regions.size()),
      life_years_(program_->regions.size()),
      attributes_(program_->attributes.read.size(), 0.0),
      latest_(program_->marks, not_yet),
      first_(program_->marks, not_yet),
      count_(program_->marks, 0),
      sums_(program_->cost_names.size()) {
  pending_.reserve(program_->instants.size());
  spells_.reserve(program_->spells);
  rates_.resize(program_->most_terms);
  held_.resize(program_->most_terms);
}

Amount Worth::cost(const std::vector<bool>& chosen) const {
  Amount sum;
  for (std::size_t c = 0; c < costs_.size(); ++c) {
    if (chosen[c]) sum += costs_[c];
  }
  const std::int64_t most = static_cast<std::int64_t>(most_units);
  if (std::max(std::abs(sum.plain), std::abs(sum.discounted)) >= most) {
    throw RunError("costs: those of " + who(until_) + " together are too large to be added up exactly (limit 2^31)" +
                   "; write them in thousands");
  }
  return sum;
}

void Worth::value(const Life& life, double from, double until) {
  begin(life, from, until);
  Moment here = moment(0);
  instant(here);
  while (here.time < until_ && !state_->over) {
    const Moment there = moment(next_time(here.time));
    if (there.time > from_) accumulate(here, there);
    here = there;
    if (here.time < until_) instant(here);
  }
  if (until_ >= program_->horizon && !state_->over) instant(here);
  leave_state();
  round();
}

void Worth::value_of_opened(const Life& life, double from, double until) {
  if (known_ && from == from_ && until == until_) return;
  known_ = false;
  value(life, from, until);
  known_ = true;
}

void Worth::begin(const Life& life, double from, double until) {
  life_ = &life;
  from_ = from;
  until_ = until;
  stay_ = event_ = change_ = next_event_ = next_change_ = 0;
  state_ = nullptr;
  next_cut_ = never;
  pending_.clear();
  spells_.clear();
  qaly_ = discounted_qaly_ = 0;
  years_ = {};
  std::fill(sums_.begin(), sums_.end(), Sum{});
  std::fill(qalys_.begin(), qalys_.end(), Amount{});
  std::fill(life_years_.begin(), life_years_.end(), Amount{});
  for (const AttributeId a : program_->attributes_read) attributes_[a.index()] = life.baseline(a);
  for (const MarkId m : program_->marks_read) {
    latest_[m.index()] = first_[m.index()] = not_yet;
    count_[m.index()] = 0;
  }
}

Worth::Moment Worth::moment(double time) const {
  Moment made;
  made.time = time;
  made.plain.time = static_cast<std::int64_t>(time * program_->units_per_year + 0.5);
  made.costs = program_->costs_discount.at(time);
  made.effects = program_->one_discount ? made.costs : program_->effects_discount.at(time);
  return made;
}

// The end of the piece that begins now.
double Worth::next_time(double now) {
  const history::PatientHistory& rows = life_->rows();
  const auto& changes = program_->attributes.cuts;
  const auto& events = program_->declarations.cuts;
  next_change_ = std::max(next_change_, change_);
  while (next_change_ < rows.attribute.size() && changes[static_cast<std::size_t>(rows.attribute[next_change_])] == 0)
    ++next_change_;
  next_event_ = std::max(next_event_, event_);
  while (next_event_ < rows.event.size() && events[static_cast<std::size_t>(rows.event[next_event_])] == 0)
    ++next_event_;
  double next = std::min(now < from_ ? from_ : until_, next_cut_);
  if (stay_ + 1 < rows.start.size()) next = std::min(next, rows.start[stay_ + 1]);
  if (next_change_ < rows.attribute.size()) next = std::min(next, rows.change_time[next_change_]);
  if (next_event_ < rows.event.size()) next = std::min(next, rows.event_time[next_event_]);
  for (const Spell& one : spells_) next = std::min(next, one.end);
  return next;
}

// All that happens now; then what begins, is paid and holds from now on.
void Worth::instant(const Moment& here) {
  bool other = advance_changes(here.time);
  other = advance_events(here.time) || other;
  other = advance_stays(here.time) || other;
  end_spells(here.time);
  for (const std::uint32_t position : pending_) trigger(position, here);
  pending_.clear();
  if (other || here.time >= next_cut_) refresh(here.time, other);
}

bool Worth::advance_changes(double time) {
  const history::PatientHistory& rows = life_->rows();
  bool other = false;
  for (; change_ < rows.attribute.size() && rows.change_time[change_] <= time; ++change_) {
    const auto attribute = static_cast<std::size_t>(rows.attribute[change_]);
    attributes_[attribute] = rows.change_value[change_];
    other = other || program_->attributes.cuts[attribute] != 0;
  }
  return other;
}

void Worth::mark(std::size_t index, double time) {
  latest_[index] = time;
  if (count_[index]++ == 0) first_[index] = time;
}

bool Worth::advance_events(double time) {
  const history::PatientHistory& rows = life_->rows();
  bool other = false;
  for (; event_ < rows.event.size() && rows.event_time[event_] <= time; ++event_) {
    const auto declaration = static_cast<std::size_t>(rows.event[event_]);
    if (program_->mark_of[declaration] >= 0) {
      mark(static_cast<std::size_t>(program_->mark_of[declaration]), rows.event_time[event_]);
      other = true;
    }
    happen(program_->by_declaration[declaration]);
  }
  return other;
}

bool Worth::advance_stays(double time) {
  const history::PatientHistory& rows = life_->rows();
  bool other = false;
  for (std::size_t next = state_ == nullptr ? 0 : stay_ + 1; next < rows.start.size() && rows.start[next] <= time;
       ++next) {
    if (state_ != nullptr) leave_state();
    if (next > 0) {
      const auto cause = static_cast<std::size_t>(rows.cause[next - 1]);
      if (cause < program_->by_declaration.size()) happen(program_->by_declaration[cause]);
    }
    stay_ = next;
    state_ = &program_->states[static_cast<std::size_t>(rows.state[next])];
    mark(static_cast<std::size_t>(rows.state[next]), rows.start[next]);
    happen(state_->on_entry);
    other = true;
  }
  return other;
}

void Worth::happen(const TermList& instants) {
  for (const std::uint32_t one : instants) pending_.push_back(one);
}

void Worth::end_spells(double time) {
  if (spells_.empty()) return;
  const bool all = state_->absorbing;
  std::erase_if(spells_, [&](const Spell& one) { return all || one.end <= time; });
}

// One that is running already ends and begins anew.
void Worth::trigger(std::uint32_t position, const Moment& here) {
  const Term& term = program_->instants[position];
  if (!holds(term.when, here.time)) return;
  const bool cost = position < program_->first_loss;
  const double value = not_negative(term, product(term, here.time), cost, here.time);
  if (term.spell >= 0) {
    const double duration = not_negative(term, evaluate(term.duration, here.time), cost, here.time);
    std::erase_if(spells_, [&](const Spell& one) { return one.instant == position; });
    if (duration > 0 && !state_->absorbing) spells_.push_back({term.sign * value, here.time + duration, position});
    return;
  }
  const bool at_the_end = here.time >= until_ && until_ >= program_->horizon;
  if (here.time < from_ || (here.time >= until_ && !at_the_end)) return;
  const double units = term.sign * value * program_->units_per_year;
  if (cost) {
    sums_[term.account].plain += units;
    sums_[term.account].discounted += units * here.costs.factor;
  } else {
    qaly_ -= units;
    discounted_qaly_ -= units * here.effects.factor;
  }
}

// What holds from now on. `other`: not only a clock has come to a cut.
void Worth::refresh(double time, bool other) {
  next_cut_ = never;
  if (!state_->varies) {
    weight_ = state_->weight;
    return;
  }
  const std::size_t costs = state_->costs.size();
  for (std::size_t i = 0; i < costs; ++i) {
    const Term& term = program_->terms[state_->costs[i]];
    rates_[i] = term.sign * not_negative(term, holding(term, i, other, time), true, time);
  }
  weight_ = state_->constant_weight ? state_->weight : weight(*state_, costs, other, time);
}

void Worth::accumulate(const Moment& here, const Moment& there) {
  const double time = static_cast<double>(there.plain.time - here.plain.time);
  const double for_costs = static_cast<double>(there.costs.time - here.costs.time);
  const double for_effects = static_cast<double>(there.effects.time - here.effects.time);
  const auto add = [&](std::size_t account, double rate) {
    sums_[account].plain += rate * time;
    sums_[account].discounted += rate * for_costs;
  };
  for (const auto& [account, rate] : state_->constant_costs) add(account, rate);
  for (std::size_t i = 0; i < state_->costs.size(); ++i) add(program_->terms[state_->costs[i]].account, rates_[i]);
  double weight = weight_;
  for (const Spell& one : spells_) {
    if (one.instant < program_->first_loss) {
      add(program_->instants[one.instant].account, one.value);
    } else {
      weight -= one.value;
    }
  }
  qaly_ += weight * time;
  discounted_qaly_ += weight * for_effects;
  years_ += {there.plain.time - here.plain.time, there.effects.time - here.effects.time};
}

void Worth::leave_state() {
  if (too_large(qaly_) || too_large(discounted_qaly_)) {
    throw RunError("utilities: the QALYs of " + who(until_) + " are too many to be added up exactly");
  }
  const Amount qaly{nearest(qaly_), nearest(discounted_qaly_)};
  for (const std::uint32_t r : state_->regions) {
    qalys_[r] += qaly;
    life_years_[r] += years_;
  }
  qaly_ = discounted_qaly_ = 0;
  years_ = {};
}

void Worth::round() {
  const double scale = binary_power(money_bits) / program_->units_per_year;
  for (std::size_t c = 0; c < sums_.size(); ++c) {
    const double plain = sums_[c].plain * scale, discounted = sums_[c].discounted * scale;
    if (too_large(plain) || too_large(discounted)) {
      throw RunError("costs." + program_->cost_names[c] + ": " +
                     number_text(sums_[c].plain / program_->units_per_year) + " for " + who(until_) +
                     " is too much to be added up exactly (limit 2^31)" + "; write the costs in thousands");
    }
    costs_[c] = {nearest(plain), nearest(discounted)};
  }
}

}  // namespace sojourn::outcomes
