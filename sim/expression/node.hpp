// The typed tree of a checked expression: names resolved to ids, levels to their index, units to years. Chains of
// + and -, * and /, `and`, `or` are one node with many children, so that depth grows with nesting only.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "expression/expression.hpp"
#include "expression/operation.hpp"

namespace sojourn::expression {

using NodePointer = std::shared_ptr<const Node>;

struct Node {
  enum class Kind : std::uint8_t { constant, parameter, look_up, in_states, operation, chain };
  Kind kind = Kind::constant;
  Op op = Op::constant;  // of look_up, operation (of its children, in order), chain (from left to right)
  Type type;
  double value = 0;             // of a constant; times in years, booleans 0/1, levels by index
  std::int32_t index = 0;       // of a parameter, or what a look_up looks up
  std::vector<StateId> states;  // of in_states
  std::vector<NodePointer> children;
  std::vector<bool> inverted;  // of a chain of add or multiply: this child is subtracted, divided by
};

[[nodiscard]] bool same_levels(const Type& a, const Type& b);
[[nodiscard]] bool same_type(const Type& a, const Type& b);
[[nodiscard]] NodePointer constant_node(double value, Type type);
[[nodiscard]] NodePointer operation(Op op, Type type, std::vector<NodePointer> children);
[[nodiscard]] NodePointer chain(Op op, Type type, std::vector<NodePointer> children, std::vector<bool> inverted);

}  // namespace sojourn::expression
