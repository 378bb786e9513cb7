// What a term is worth to the patient at a time.
#include <algorithm>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

double Worth::run(const Code& code, double time) const {
  return expression::evaluate_code(code, {attributes_, life_->rows().state[stay_], time, latest_, count_});
}

double Worth::origin(const model::Clock& clock) const {
  using Kind = model::Clock::Kind;
  switch (clock.kind) {
    case Kind::reset:
      return life_->rows().start[stay_];
    case Kind::forward:
      return 0;
    case Kind::since:
      return clock.first ? first_[clock.mark.index()] : latest_[clock.mark.index()];
    case Kind::age:
      return -life_->baseline(program_->age);
    case Kind::calendar:
      return -life_->baseline(program_->calendar_year);
  }
  return 0;
}

double Worth::step(const Steps& steps, double time) {
  const double begin = origin(steps.clock);
  if (!(begin == begin)) return steps.before;
  const auto next = std::upper_bound(steps.times.begin(), steps.times.end(), time,
                                     [begin](double now, double cut) { return now < begin + cut; });
  if (next != steps.times.end()) next_cut_ = std::min(next_cut_, begin + *next);
  return steps.values[static_cast<std::size_t>(next - steps.times.begin())];
}

// Without what is piecewise.
double Worth::product(const Term& term, double time) const {
  double value = term.constant;
  for (const Code& one : term.codes) value *= evaluate(one, time);
  return value;
}

// Of a term of the state; 0 where `when` is false.
double Worth::holding(const Term& term, std::size_t position, bool other, double time) {
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

double Worth::weight(const InState& state, std::size_t position, bool other, double time) {
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

void Worth::refuse_negative(const Term& term, double value, bool cost, double time) const {
  const std::string& name = (cost ? program_->cost_names : program_->utility_names)[term.account];
  throw RunError((cost ? "costs." : "utilities.") + name + ": a value is " + number_text(value) + " for " + who(time) +
                 " (it must be 0 or more)");
}

std::string Worth::who(double time) const {
  return "patient " + std::to_string(life_->patient_id()) + " at " + number_text(time) + " years";
}

}  // namespace sojourn::outcomes
