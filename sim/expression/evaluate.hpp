// Runs compiled code over a lane type L: double (evaluate_code), or Pack<N> for N patients side by side, with the same
// bits. What the code sees of the patients comes through `View`:
//   L attribute(id); L in_set(set); L latest(mark), NaN before; L count(mark); L now();
//   const L* attributes(), where they stand side by side.
#pragma once

#include <array>
#include <cstddef>

#include "expression/expression.hpp"
#include "expression/operation.hpp"

namespace sojourn::expression {

// Code never needs more (see compile.cpp).
inline constexpr std::size_t most_registers = 32;

// The value of one instruction; `get` maps an Operand to its L.
template <Lane L, class Get, class View>
[[nodiscard]] inline L step(const Instruction& i, const Get& get, const View& view) {
  switch (static_cast<Op>(i.op)) {
    case Op::constant:
    case Op::attribute:  // operands, never instructions
      break;
    case Op::in_set:
      return view.in_set(i.index);
    case Op::visited:
      return truth<L>(view.count(i.index) > 0.0);
    case Op::count:
      return view.count(i.index);
    case Op::time_since: {
      const L latest = view.latest(i.index);
      return select(latest == latest, view.now() - latest, L(infinity));
    }
    case Op::now:
      return view.now();
    case Op::negate:
      return -get(i.a);
    case Op::add:
      return get(i.a) + get(i.b);
    case Op::subtract:
      return get(i.a) - get(i.b);
    case Op::multiply:
      return get(i.a) * get(i.b);
    case Op::divide:
      return get(i.a) / get(i.b);
    case Op::square:
      return get(i.a) * get(i.a);
    case Op::power:
      return signed_power(get(i.a), get(i.b));
    case Op::equal:
      return truth<L>(get(i.a) == get(i.b));
    case Op::not_equal:
      return truth<L>(get(i.a) != get(i.b));
    case Op::less:
      return truth<L>(get(i.a) < get(i.b));
    case Op::less_equal:
      return truth<L>(get(i.a) <= get(i.b));
    case Op::greater:
      return truth<L>(get(i.a) > get(i.b));
    case Op::greater_equal:
      return truth<L>(get(i.a) >= get(i.b));
    case Op::invert:
      return 1.0 - get(i.a);
    case Op::both:
      return get(i.a) * get(i.b);
    case Op::either:
      return select(get(i.a) != 0.0, L(1.0), get(i.b));
    case Op::choose:
      return select(get(i.a) != 0.0, get(i.b), get(i.c));
    case Op::minimum:
      return least(get(i.a), get(i.b));
    case Op::maximum:
      return greatest(get(i.a), get(i.b));
    case Op::absolute:
      return magnitude(get(i.a));
    case Op::exponential:
      return exp(get(i.a));
    case Op::logarithm:
      return log(get(i.a));
    case Op::root:
      return root(get(i.a));
    case Op::floor:
      return whole_below(get(i.a));
    case Op::logistic:
      return logistic(get(i.a));
    case Op::logit:
      return logit(get(i.a));
    case Op::odds_scale:
      return scale_odds(get(i.a), get(i.b));
  }
  return L(not_a_number);
}

template <Lane L, class View>
[[nodiscard]] inline L evaluate_lanes(const Code& code, const View& view) {
  if (code.constant) return L(code.value);
  if (code.only_attribute >= 0) return view.attribute(code.only_attribute);
  std::array<L, most_registers> registers;
  L value = L(not_a_number);
  const auto run = [&](const auto& get) {
    for (const Instruction& instruction : code.instructions) {
      value = step<L>(instruction, get, view);
      registers[instruction.target] = value;
    }
  };
  if constexpr (requires { view.attributes(); }) {
    const std::array<const L*, 3> banks = {registers.data(), code.constants.data(), view.attributes()};
    run([&banks](Operand o) { return banks[static_cast<std::size_t>(bank_of(o))][position_of(o)]; });
  } else {
    run([&](Operand o) {
      const std::uint32_t position = position_of(o);
      if (bank_of(o) == Bank::registers) return registers[position];
      return bank_of(o) == Bank::constants ? L(code.constants[position])
                                           : view.attribute(static_cast<std::int32_t>(position));
    });
  }
  return value;
}

// Whether the state is in a set of the code: 1 or 0; before the first state, -1, in none.
[[nodiscard]] inline double in_set(const Code& code, std::int32_t state, std::int32_t set) {
  const std::uint32_t word = static_cast<std::uint32_t>(state) >> 6U;
  if (word >= code.words_per_set) return 0.0;
  const std::size_t first = static_cast<std::size_t>(set) * code.words_per_set;
  return static_cast<double>((code.state_sets[first + word] >> (static_cast<std::uint32_t>(state) & 63U)) & 1U);
}

// One patient, as evaluate_code sees her.
struct PatientView {
  const Code& code;
  const Context& context;

  [[nodiscard]] double attribute(std::int32_t id) const { return context.attributes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const double* attributes() const { return context.attributes.data(); }
  [[nodiscard]] double latest(std::int32_t mark) const { return context.latest[static_cast<std::size_t>(mark)]; }
  [[nodiscard]] double count(std::int32_t mark) const { return context.count[static_cast<std::size_t>(mark)]; }
  [[nodiscard]] double now() const { return context.now; }
  [[nodiscard]] double in_set(std::int32_t set) const { return expression::in_set(code, context.state, set); }
};

}  // namespace sojourn::expression
