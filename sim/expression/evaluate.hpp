// Runs compiled code over a lane type L: double (evaluate_code), or Pack<N> for N patients side by side, with the same
// bits. What the code sees of the patients comes through `View`:
//   L attribute(int id); L in_set(int set); L latest(int mark), NaN before; L count(int mark); L now().
#pragma once

#include <array>
#include <cstddef>

#include "expression/expression.hpp"
#include "expression/operation.hpp"

namespace sojourn::expression {

// Code never needs more registers (see compile.cpp); one more holds the instruction's constant.
inline constexpr std::size_t most_registers = 32;
inline constexpr std::uint8_t constant_register = most_registers;

// The value of one instruction. `r` holds the registers, r[constant_register] the instruction's constant.
template <Lane L, class View>
[[nodiscard]] inline L step(const Instruction& i, const L* r, const View& view) {
  switch (static_cast<Op>(i.op)) {
    case Op::constant:
      return r[constant_register];
    case Op::attribute:
      return view.attribute(i.index);
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
      return -r[i.a];
    case Op::add:
      return r[i.a] + r[i.b];
    case Op::subtract:
      return r[i.a] - r[i.b];
    case Op::multiply:
      return r[i.a] * r[i.b];
    case Op::divide:
      return r[i.a] / r[i.b];
    case Op::square:
      return r[i.a] * r[i.a];
    case Op::power:
      return signed_power(r[i.a], r[i.b]);
    case Op::equal:
      return truth<L>(r[i.a] == r[i.b]);
    case Op::not_equal:
      return truth<L>(r[i.a] != r[i.b]);
    case Op::less:
      return truth<L>(r[i.a] < r[i.b]);
    case Op::less_equal:
      return truth<L>(r[i.a] <= r[i.b]);
    case Op::greater:
      return truth<L>(r[i.a] > r[i.b]);
    case Op::greater_equal:
      return truth<L>(r[i.a] >= r[i.b]);
    case Op::invert:
      return 1.0 - r[i.a];
    case Op::both:
      return r[i.a] * r[i.b];
    case Op::either:
      return select(r[i.a] != 0.0, L(1.0), r[i.b]);
    case Op::choose:
      return select(r[i.a] != 0.0, r[i.b], r[i.c]);
    case Op::minimum:
      return least(r[i.a], r[i.b]);
    case Op::maximum:
      return greatest(r[i.a], r[i.b]);
    case Op::absolute:
      return magnitude(r[i.a]);
    case Op::exponential:
      return exp(r[i.a]);
    case Op::logarithm:
      return log(r[i.a]);
    case Op::root:
      return root(r[i.a]);
    case Op::floor:
      return whole_below(r[i.a]);
    case Op::logistic:
      return logistic(r[i.a]);
    case Op::logit:
      return logit(r[i.a]);
    case Op::odds_scale:
      return scale_odds(r[i.a], r[i.b]);
  }
  return L(not_a_number);
}

template <Lane L, class View>
[[nodiscard]] inline L evaluate_lanes(const Code& code, const View& view) {
  L value = L(code.value);
  std::array<L, most_registers + 1> registers;
  L* r = registers.data();
  for (const Instruction& instruction : code.instructions) {
    r[constant_register] = L(instruction.constant);
    value = step<L>(instruction, r, view);
    r[instruction.target] = value;
  }
  return value;
}

// One patient, as evaluate_code sees her.
struct PatientView {
  const Code& code;
  const Context& context;

  [[nodiscard]] double attribute(std::int32_t id) const { return context.attributes[static_cast<std::size_t>(id)]; }
  [[nodiscard]] double latest(std::int32_t mark) const { return context.latest[static_cast<std::size_t>(mark)]; }
  [[nodiscard]] double count(std::int32_t mark) const { return context.count[static_cast<std::size_t>(mark)]; }
  [[nodiscard]] double now() const { return context.now; }
  [[nodiscard]] double in_set(std::int32_t set) const {
    const auto state = static_cast<std::uint32_t>(context.state);
    const std::uint32_t word = state >> 6U;
    if (word >= code.words_per_set) return 0.0;  // also: no state
    const std::size_t first = static_cast<std::size_t>(set) * code.words_per_set;
    return static_cast<double>((code.state_sets[first + word] >> (state & 63U)) & 1U);
  }
};

}  // namespace sojourn::expression
