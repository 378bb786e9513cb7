#include "outcomes/worth_walk.hpp"

#include <algorithm>

namespace sojourn::outcomes {

namespace {

constexpr double not_yet = std::numeric_limits<double>::quiet_NaN();

}  // namespace

WorthWalk::WorthWalk(std::shared_ptr<const WorthProgram> program)
    : program_(std::move(program)),
      known_rows_(program_->cost_names.size()),
      no_rates_(known_rows_.add()),
      situations_(program_->states.size()),
      paid_(program_->instants.size(), nullptr),
      attributes_(program_->attributes.read.size(), 0.0),
      latest_(program_->marks, not_yet),
      first_(program_->marks, not_yet),
      count_(program_->marks, 0),
      held_(program_->most_terms) {
  pending_.reserve(program_->instants.size());
  spells_.reserve(program_->spells);
}

void WorthWalk::go(const history::Block& block, LifePlace life, double from, double until, WorthPieces& pieces) {
  pieces_ = &pieces;
  begin(block, life, from, until);
  pieces.begin_life(from);
  double here = 0;
  pieces.moment(here);
  instant(here);
  while (here < until_ && !state_->over) {
    accrue();
    here = next_time(here);
    pieces.moment(here);
    if (here < until_) instant(here);
  }
  if (until_ >= program_->horizon && !state_->over) instant(here);
  pieces.leave(*state_);
}

void WorthWalk::begin(const history::Block& block, LifePlace life, double from, double until) {
  block_ = &block;
  life_ = life;
  rows_ = block.patient(life.strategy, life.patient);
  from_ = from;
  until_ = until;
  stay_ = event_ = change_ = next_event_ = next_change_ = 0;
  state_ = nullptr;
  situation_ = nullptr;
  next_cut_ = never;
  pending_.clear();
  spells_.clear();
  for (const AttributeId a : program_->attributes_read) attributes_[a.index()] = baseline(a);
  for (const MarkId m : program_->marks_read) {
    latest_[m.index()] = first_[m.index()] = not_yet;
    count_[m.index()] = 0;
  }
}

// The end of the piece that begins now.
double WorthWalk::next_time(double now) {
  const auto& changes = program_->attributes.cuts;
  const auto& events = program_->declarations.cuts;
  next_change_ = std::max(next_change_, change_);
  while (next_change_ < rows_.attribute.size() && changes[static_cast<std::size_t>(rows_.attribute[next_change_])] == 0)
    ++next_change_;
  next_event_ = std::max(next_event_, event_);
  while (next_event_ < rows_.event.size() && events[static_cast<std::size_t>(rows_.event[next_event_])] == 0)
    ++next_event_;
  double next = std::min(now < from_ ? from_ : until_, next_cut_);
  if (stay_ + 1 < rows_.start.size()) next = std::min(next, rows_.start[stay_ + 1]);
  if (next_change_ < rows_.attribute.size()) next = std::min(next, rows_.change_time[next_change_]);
  if (next_event_ < rows_.event.size()) next = std::min(next, rows_.event_time[next_event_]);
  for (const Spell& one : spells_) next = std::min(next, one.end);
  return next;
}

// All that happens now; then what begins, is paid and holds from now on.
void WorthWalk::instant(double time) {
  bool other = false;
  if (change_ < rows_.change_time.size() && rows_.change_time[change_] <= time) other = advance_changes(time);
  if (event_ < rows_.event_time.size() && rows_.event_time[event_] <= time) other = advance_events(time) || other;
  const std::size_t next = state_ == nullptr ? 0 : stay_ + 1;
  if (next < rows_.start.size() && rows_.start[next] <= time) other = advance_stays(time) || other;
  if (!spells_.empty()) end_spells(time);
  if (!pending_.empty()) {
    for (const std::uint32_t position : pending_) trigger(position, time);
    pending_.clear();
  }
  if (other || time >= next_cut_) rates_ = rates(time, other);
}

bool WorthWalk::advance_changes(double time) {
  bool other = false;
  for (; change_ < rows_.attribute.size() && rows_.change_time[change_] <= time; ++change_) {
    const auto attribute = static_cast<std::size_t>(rows_.attribute[change_]);
    attributes_[attribute] = rows_.change_value[change_];
    other = other || program_->attributes.cuts[attribute] != 0;
  }
  return other;
}

void WorthWalk::mark(std::size_t index, double time) {
  latest_[index] = time;
  if (count_[index]++ == 0) first_[index] = time;
}

bool WorthWalk::advance_events(double time) {
  bool other = false;
  for (; event_ < rows_.event.size() && rows_.event_time[event_] <= time; ++event_) {
    const auto declaration = static_cast<std::size_t>(rows_.event[event_]);
    if (program_->mark_of[declaration] >= 0) {
      mark(static_cast<std::size_t>(program_->mark_of[declaration]), rows_.event_time[event_]);
      other = true;
    }
    happen(program_->by_declaration[declaration]);
  }
  return other;
}

bool WorthWalk::advance_stays(double time) {
  bool other = false;
  for (std::size_t next = state_ == nullptr ? 0 : stay_ + 1; next < rows_.start.size() && rows_.start[next] <= time;
       ++next) {
    if (state_ != nullptr) pieces_->leave(*state_);
    if (next > 0) {
      const auto cause = static_cast<std::size_t>(rows_.cause[next - 1]);
      if (cause < program_->by_declaration.size()) happen(program_->by_declaration[cause]);
    }
    stay_ = next;
    state_ = &program_->states[static_cast<std::size_t>(rows_.state[next])];
    mark(static_cast<std::size_t>(rows_.state[next]), rows_.start[next]);
    happen(state_->on_entry);
    other = true;
  }
  return other;
}

void WorthWalk::happen(const TermList& instants) {
  for (const std::uint32_t one : instants) pending_.push_back(one);
}

void WorthWalk::end_spells(double time) {
  const bool all = state_->absorbing;
  std::erase_if(spells_, [&](const Spell& one) { return all || one.end <= time; });
}

// One that is running already ends and begins anew.
void WorthWalk::trigger(std::uint32_t position, double time) {
  const Term& term = program_->instants[position];
  if (!holds(term.when, time)) return;
  const bool cost = position < program_->first_loss;
  const double value = not_negative(term, product(term, time), cost, time);
  if (term.spell >= 0) {
    const double duration = not_negative(term, evaluate(term.duration, time), cost, time);
    std::erase_if(spells_, [&](const Spell& one) { return one.instant == position; });
    if (duration > 0 && !state_->absorbing) spells_.push_back({term.sign * value, time + duration, position});
    return;
  }
  const bool at_the_end = time >= until_ && until_ >= program_->horizon;
  if (time < from_ || (time >= until_ && !at_the_end)) return;
  const double units = term.sign * value * program_->units_per_year;
  if (!cost) {
    pieces_->instant(no_rates_, units);
    return;
  }
  const bool constant = term.codes.empty();
  if (constant && paid_[position] != nullptr) {
    pieces_->instant(paid_[position], 0);
    return;
  }
  double* const amounts = (constant ? known_rows_ : pieces_->rows()).add();
  amounts[term.account] = units;
  if (constant) paid_[position] = amounts;
  pieces_->instant(amounts, 0);
}

// With what lasts after an instant.
void WorthWalk::accrue() {
  Rates now = rates_;
  double* changed = nullptr;
  for (const Spell& one : spells_) {
    if (one.instant >= program_->first_loss) {
      now.weight -= one.value;
      continue;
    }
    if (changed == nullptr) now.costs = changed = pieces_->rows().add(now.costs);
    changed[program_->instants[one.instant].account] += one.value;
  }
  pieces_->piece(now.costs, now.weight);
}

}  // namespace sojourn::outcomes
