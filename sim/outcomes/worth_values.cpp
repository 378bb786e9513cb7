// What a term is worth to the patient at a time.
#include <algorithm>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "outcomes/worth_walk.hpp"

namespace sojourn::outcomes {

namespace {

constexpr std::size_t few_values = 16;   // of an attribute: 0 .. 15
constexpr std::size_t most_rates = 256;  // that are remembered of a situation

}  // namespace

double WorthWalk::run(const Code& code, double time) const {
  return expression::evaluate_code(code, {attributes_, rows_.state[stay_], time, latest_, count_});
}

double WorthWalk::origin(const model::Clock& clock) const {
  using Kind = model::Clock::Kind;
  switch (clock.kind) {
    case Kind::reset:
      return rows_.start[stay_];
    case Kind::forward:
      return 0;
    case Kind::since:
      return clock.first ? first_[clock.mark.index()] : latest_[clock.mark.index()];
    case Kind::age:
      return -baseline(program_->age);
    case Kind::calendar:
      return -baseline(program_->calendar_year);
  }
  return 0;
}

// Before the clock begins 0, then 1 + how many cuts it has passed.
std::size_t WorthWalk::place(const Steps& steps, double time) {
  const double begin = origin(steps.clock);
  if (!(begin == begin)) return 0;
  std::size_t passed = 0;
  while (passed < steps.times.size() && !(time < begin + steps.times[passed])) ++passed;
  if (passed < steps.times.size()) next_cut_ = std::min(next_cut_, begin + steps.times[passed]);
  return 1 + passed;
}

double WorthWalk::step(const Steps& steps, double time) {
  asked_.push_back(&steps);
  const std::size_t here = place(steps, time);
  return here == 0 ? steps.before : steps.values[here - 1];
}

// Without what is piecewise.
double WorthWalk::product(const Term& term, double time) const {
  double value = term.constant;
  for (const Code& one : term.codes) value *= evaluate(one, time);
  return value;
}

// Of a term of the state; 0 where `when` is false.
double WorthWalk::holding(const Term& term, std::size_t position, bool other, double time) {
  Held& held = held_[position];
  if (other) {
    held.holds = holds(term.when, time);
    held.value = held.holds ? product(term, time) : 0.0;
  }
  double value = held.value;
  if (!held.holds) return value;
  for (const Steps& one : term.steps) value *= step(one, time);
  return value;
}

double WorthWalk::weight(const InState& state, std::size_t position, bool other, double time) {
  const Term* chosen = nullptr;
  double value = 0;
  for (const std::uint32_t t : state.weights) {
    const Term& term = program_->terms[t];
    const double one = holding(term, position, other, time);
    if (!held_[position++].holds) continue;
    if (chosen != nullptr) {
      throw RunError("utilities: both " + program_->utility_names[chosen->account] + " and " +
                     program_->utility_names[term.account] + " hold for " + who(time) + " (one weight at a time)");
    }
    chosen = &term;
    value = one;
    if (!(value >= -1 && value <= 1)) {
      throw RunError("utilities." + program_->utility_names[term.account] + ": the weight is " + number_text(value) +
                     " for " + who(time) + " (it must be from -1 to 1)");
    }
  }
  if (chosen == nullptr && !(state.absorbing && state.weights.empty())) {
    throw RunError("utilities: no weight holds for " + who(time) + " (one must, at each moment)");
  }
  for (const std::uint32_t t : state.multipliers) {
    const Term& term = program_->terms[t];
    const double one = holding(term, position, other, time);
    if (held_[position++].holds) value *= not_negative(term, one, false, time);
  }
  for (const std::uint32_t t : state.losses) {
    const Term& term = program_->terms[t];
    value -= not_negative(term, holding(term, position++, other, time), false, time);
  }
  return value;
}

WorthWalk::Rates WorthWalk::computed(double time, bool other, RateRows& rows) {
  next_cut_ = never;
  asked_.clear();
  double* const row = rows.add();
  for (const auto& [account, rate] : state_->constant_costs) row[account] += rate;
  const std::size_t costs = state_->costs.size();
  for (std::size_t i = 0; i < costs; ++i) {
    const Term& term = program_->terms[state_->costs[i]];
    row[term.account] += term.sign * not_negative(term, holding(term, i, other, time), true, time);
  }
  return {row, state_->constant_weight ? state_->weight : weight(*state_, costs, other, time)};
}

// The place of what is known of the state with these attributes; none where they have other values than a few.
std::unique_ptr<WorthWalk::Situation>* WorthWalk::situation() {
  if (!state_->remembered) return nullptr;
  std::size_t key = 0, size = 1;
  for (const AttributeId a : state_->depends) {
    const double value = attributes_[a.index()];
    if (!(value >= 0 && value < few_values)) return nullptr;
    const auto whole = static_cast<std::size_t>(value);
    if (static_cast<double>(whole) != value) return nullptr;
    key = key * few_values + whole;
    size *= few_values;
  }
  auto& known = situations_[static_cast<std::size_t>(state_ - program_->states.data())];
  if (known.empty()) known.resize(size);
  return &known[key];
}

std::size_t WorthWalk::clocks(const Situation& here, double time) {
  next_cut_ = never;
  std::size_t number = 0;
  for (const Steps* one : here.steps) number = number * (one->times.size() + 2) + place(*one, time);
  return number;
}

WorthWalk::Rates WorthWalk::rates(double time, bool other) {
  if (other) situation_ = situation();
  if (situation_ == nullptr) return computed(time, other, pieces_->rows());
  if (*situation_ == nullptr) {
    const Rates first = computed(time, true, known_rows_);
    auto made = std::make_unique<Situation>();
    made->steps = asked_;
    std::size_t size = 1;
    for (const Steps* one : asked_) size = std::min(size * (one->times.size() + 2), most_rates + 1);
    if (size <= most_rates) made->rates.resize(size);
    *situation_ = std::move(made);
    return first;
  }
  Situation& here = **situation_;
  if (here.rates.empty()) return computed(time, true, pieces_->rows());
  const std::size_t number = clocks(here, time);
  if (here.rates[number].costs == nullptr) here.rates[number] = computed(time, true, known_rows_);
  return here.rates[number];
}

void WorthWalk::refuse_negative(const Term& term, double value, bool cost, double time) const {
  const std::string& name = (cost ? program_->cost_names : program_->utility_names)[term.account];
  throw RunError((cost ? "costs." : "utilities.") + name + ": a value is " + number_text(value) + " for " + who(time) +
                 " (it must be 0 or more)");
}

std::string WorthWalk::who(double time) const {
  return "patient " + std::to_string(block_->first_patient + life_.patient) + " at " + number_text(time) + " years";
}

}  // namespace sojourn::outcomes
