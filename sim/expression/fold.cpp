#include "expression/fold.hpp"

#include <algorithm>
#include <stdexcept>

#include "expression/evaluate.hpp"

namespace sojourn::expression {

namespace {

// Constants look at no patient.
struct NoView {
  static double attribute(std::int32_t) { return not_a_number; }
  static double in_set(std::int32_t) { return not_a_number; }
  static double latest(std::int32_t) { return not_a_number; }
  static double count(std::int32_t) { return not_a_number; }
  static double now() { return not_a_number; }
};

class Folder {
 public:
  explicit Folder(std::span<const double> parameter_values) : values_(parameter_values) {}

  Terms run(const Node& node) {
    terms_.list.reserve(16);  // most expressions are short
    terms_.root = fold(node);
    return std::move(terms_);
  }

 private:
  std::int32_t add(const Term& term) {
    terms_.list.push_back(term);
    return static_cast<std::int32_t>(terms_.list.size()) - 1;
  }
  std::int32_t constant(double value) { return add({Op::constant, {-1, -1, -1}, 0, value}); }

  [[nodiscard]] const Term& at(std::int32_t term) const { return terms_.list[static_cast<std::size_t>(term)]; }
  [[nodiscard]] bool is_constant(std::int32_t term) const { return at(term).op == Op::constant; }
  [[nodiscard]] bool is_value(std::int32_t term, double value) const {
    return is_constant(term) && at(term).constant == value;
  }

  std::int32_t fold(const Node& node) {
    switch (node.kind) {
      case Node::Kind::constant:
      case Node::Kind::parameter:
        return constant(*value_of_leaf(node, values_));
      case Node::Kind::look_up:
        return add({node.op, {-1, -1, -1}, node.index, 0});
      case Node::Kind::in_states:
        return in_states(node.states);
      case Node::Kind::operation:
        return operation(node);
      case Node::Kind::chain:
        return chain(node);
    }
    return constant(not_a_number);
  }

  std::int32_t in_states(std::vector<StateId> states) {
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
    if (states.empty()) return constant(0);
    auto& sets = terms_.state_sets;
    const auto found = std::find(sets.begin(), sets.end(), states);
    const auto index = static_cast<std::int32_t>(found - sets.begin());
    if (found == sets.end()) sets.push_back(std::move(states));
    return add({Op::in_set, {-1, -1, -1}, index, 0});
  }

  std::int32_t operation(const Node& node) {
    if (node.op == Op::choose) return choose(node);
    const std::int32_t a = fold(*node.children[0]);
    const std::int32_t b = node.children.size() > 1 ? fold(*node.children[1]) : -1;
    if (node.op == Op::power && is_value(b, 2)) return make(Op::square, a, -1);
    return make(node.op, a, b);
  }

  std::int32_t choose(const Node& node) {
    const std::int32_t condition = fold(*node.children[0]);
    if (is_constant(condition)) return fold(*node.children[at(condition).constant != 0 ? 1 : 2]);
    const std::int32_t yes = fold(*node.children[1]);
    const std::int32_t no = fold(*node.children[2]);
    const bool equal = is_constant(yes) && is_constant(no) && word_of(at(yes).constant) == word_of(at(no).constant);
    return equal ? yes : add({Op::choose, {condition, yes, no}, 0, 0});
  }

  std::int32_t chain(const Node& node) {
    std::int32_t left = fold(*node.children[0]);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      Op op = node.op;
      if (node.inverted[i]) op = op == Op::add ? Op::subtract : Op::divide;
      left = make(op, left, fold(*node.children[i]));
    }
    return left;
  }

  // op(a, b); b = -1 where op has one argument.
  std::int32_t make(Op op, std::int32_t a, std::int32_t b) {
    if (is_constant(a) && (b < 0 || is_constant(b))) {
      const std::array<double, 2> operands = {at(a).constant, b < 0 ? 0 : at(b).constant};
      const Instruction instruction{static_cast<std::uint8_t>(op), 0, 0, 1, 0, 0};
      return constant(step<double>(
          instruction, [&operands](Operand o) { return operands[o]; }, NoView{}));
    }
    if (op == Op::both && (is_value(a, 0) || is_value(b, 0))) return constant(0);
    if (op == Op::either && (is_value(a, 1) || is_value(b, 1))) return constant(1);
    const double neutral = op == Op::either ? 0 : 1;
    if (op == Op::both || op == Op::either || op == Op::multiply || op == Op::divide) {
      if (is_value(b, neutral)) return a;
      if (op != Op::divide && is_value(a, neutral)) return b;
    }
    return add({op, {a, b, -1}, 0, 0});
  }

  std::span<const double> values_;
  Terms terms_;
};

}  // namespace

std::optional<double> value_of_leaf(const Node& node, std::span<const double> parameter_values) {
  if (node.kind == Node::Kind::constant) return node.value;
  if (node.kind != Node::Kind::parameter) return std::nullopt;
  if (static_cast<std::size_t>(node.index) >= parameter_values.size()) {
    throw std::out_of_range("an expression uses a parameter that has no value");
  }
  return parameter_values[static_cast<std::size_t>(node.index)];
}

Terms fold(const Node& node, std::span<const double> parameter_values) {
  return Folder(parameter_values).run(node);
}

}  // namespace sojourn::expression
