// Terms to instructions. Of the children of a term the one that needs most registers is computed first (Sethi and
// Ullman 1970): then r registers suffice for all trees of fewer than 3^(r/2) values, and 64 kB of text, at most 32768
// values, never need more than 20 of the 32. Constants and attributes are operands as they are.
#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <utility>

#include "expression/evaluate.hpp"
#include "expression/fold.hpp"

namespace sojourn::expression {

namespace {

template <class IdType>
void sort_once_each(std::vector<IdType>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

class Emitter {
 public:
  Emitter(const Terms& terms, Code& code) : terms_(terms), code_(code) {
    plans_.resize(terms.list.size());
    for (std::size_t t = 0; t < terms.list.size(); ++t) plans_[t] = plan(terms.list[t]);
  }

  // Depth first with a stack of its own: chains are deep.
  void run() {
    if (is_operand(term_of(terms_.root))) {
      code_.only_attribute = term_of(terms_.root).index;
      depend(term_of(terms_.root));
      return;
    }
    code_.instructions.reserve(terms_.list.size());
    std::vector<std::pair<std::int32_t, std::size_t>> open;
    open.reserve(16);
    open.emplace_back(terms_.root, 0);
    while (!open.empty()) {
      auto& [term, next] = open.back();
      const Plan& steps = plan_of(term);
      if (next < steps.computed) {
        const std::int32_t child = steps.order[next++];
        open.emplace_back(child, 0);
      } else {
        emit(term);
        open.pop_back();
      }
    }
    sort_once_each(code_.dependencies.attributes);
    sort_once_each(code_.dependencies.marks);
  }

 private:
  struct Plan {
    std::array<std::int32_t, 3> order{};  // children to compute, those that need most registers first
    std::size_t computed = 0;             // how many
    std::int32_t needs = 1;               // registers
    std::uint8_t target = 0;
  };

  [[nodiscard]] const Term& term_of(std::int32_t term) const { return terms_.list[static_cast<std::size_t>(term)]; }
  [[nodiscard]] const Plan& plan_of(std::int32_t term) const { return plans_[static_cast<std::size_t>(term)]; }

  static bool is_operand(const Term& term) { return term.op == Op::constant || term.op == Op::attribute; }

  [[nodiscard]] Plan plan(const Term& term) const {
    Plan result;
    for (const std::int32_t child : term.children) {
      if (child >= 0 && !is_operand(term_of(child))) result.order[result.computed++] = child;
    }
    const auto begin = result.order.begin();
    std::stable_sort(begin, begin + static_cast<std::ptrdiff_t>(result.computed),
                     [&](std::int32_t a, std::int32_t b) { return plan_of(a).needs > plan_of(b).needs; });
    for (std::size_t i = 0; i < result.computed; ++i) {
      result.needs = std::max(result.needs, plan_of(result.order[i]).needs + static_cast<std::int32_t>(i));
    }
    return result;
  }

  std::uint8_t take_register() {
    if (free_ == 0) throw std::logic_error("an expression needs too many registers");
    const auto lowest = static_cast<std::uint8_t>(std::countr_zero(free_));
    free_ &= free_ - 1;
    return lowest;
  }

  void emit(std::int32_t index) {
    const Term& term = term_of(index);
    Plan& steps = plans_[static_cast<std::size_t>(index)];
    for (std::size_t i = 0; i < steps.computed; ++i) free_ |= 1U << plan_of(steps.order[i]).target;
    steps.target = take_register();
    std::array<Operand, 3> operands{};
    for (std::size_t i = 0; i < 3; ++i) {
      if (term.children[i] >= 0) operands[i] = operand_of(term.children[i]);
    }
    code_.instructions.push_back({static_cast<std::uint8_t>(term.op), steps.target, operands[0], operands[1],
                                  operands[2], needs_set(term) ? use_set(term.index) : term.index});
    depend(term);
  }

  Operand operand_of(std::int32_t child) {
    const Term& term = term_of(child);
    if (term.op == Op::attribute) {
      depend(term);
      return operand(Bank::attributes, static_cast<std::size_t>(term.index));
    }
    if (term.op != Op::constant) return operand(Bank::registers, plan_of(child).target);
    code_.constants.push_back(term.constant);
    return operand(Bank::constants, code_.constants.size() - 1);
  }

  static bool needs_set(const Term& term) { return term.op == Op::in_set; }

  // The set's place in the code: only sets that are used get one.
  std::int32_t use_set(std::int32_t set) {
    const auto found = std::find(sets_used_.begin(), sets_used_.end(), set);
    const auto place = static_cast<std::int32_t>(found - sets_used_.begin());
    if (found != sets_used_.end()) return place;
    sets_used_.push_back(set);
    const std::size_t first = code_.state_sets.size();
    code_.state_sets.resize(first + code_.words_per_set, 0);
    for (const StateId state : terms_.state_sets[static_cast<std::size_t>(set)]) {
      const std::size_t word = state.index() / 64;
      if (!state.valid() || word >= code_.words_per_set) throw std::out_of_range("an expression names no such state");
      code_.state_sets[first + word] |= std::uint64_t{1} << (state.index() % 64);
    }
    return place;
  }

  void depend(const Term& term) {
    Dependencies& on = code_.dependencies;
    if (term.op == Op::attribute) on.attributes.push_back(AttributeId{term.index});
    if (term.op == Op::in_set) on.state = true;
    if (term.op == Op::visited || term.op == Op::count || term.op == Op::time_since)
      on.marks.push_back(MarkId{term.index});
    if (term.op == Op::now || term.op == Op::time_since) on.time = true;
  }

  const Terms& terms_;
  Code& code_;
  std::vector<Plan> plans_;
  std::vector<std::int32_t> sets_used_;
  std::uint32_t free_ = 0xffff'ffffU;
  static_assert(most_registers == 32, "one bit of free_ a register");
};

}  // namespace

Code compile(const Expression& expression, std::span<const double> parameter_values, std::size_t states) {
  if (!expression) throw std::logic_error("an empty expression cannot be compiled");
  Code code;
  code.words_per_set = static_cast<std::uint32_t>(std::max<std::size_t>(1, (states + 63) / 64));
  if (const auto value = value_of_leaf(expression.root(), parameter_values)) {
    code.value = *value;
    return code;
  }
  const Terms terms = fold(expression.root(), parameter_values);
  const Term& root = terms.list[static_cast<std::size_t>(terms.root)];
  code.constant = root.op == Op::constant;
  if (code.constant) {
    code.value = root.constant;
  } else {
    Emitter(terms, code).run();
  }
  return code;
}

}  // namespace sojourn::expression
