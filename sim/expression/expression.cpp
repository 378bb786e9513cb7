#include "expression/expression.hpp"

#include <algorithm>
#include <array>

#include "base/units.hpp"
#include "expression/node.hpp"

namespace sojourn::expression {

namespace {

constexpr std::size_t levels_shown = 8;

std::string describe_levels(const Levels& levels) {
  std::string text = "one of ";
  if (!levels || levels->empty()) return text + "no levels";
  for (std::size_t i = 0; i < std::min(levels->size(), levels_shown); ++i) text += (i > 0 ? ", " : "") + (*levels)[i];
  return levels->size() > levels_shown ? text + ", ..." : text;
}

template <class Visit>
void walk(const Node& node, const Visit& visit) {
  visit(node);
  for (const NodePointer& child : node.children) walk(*child, visit);
}

template <class IdType>
void sort_once_each(std::vector<IdType>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

std::string describe(const Type& type) {
  if (type.kind == Type::Kind::boolean) return "a boolean";
  if (type.kind == Type::Kind::category) return describe_levels(type.levels);
  switch (type.time_power) {
    case 0:
      return "a number";
    case 1:
      return "a time";
    case -1:
      return "a rate";
    default:
      return "a time to the power " + std::to_string(type.time_power);
  }
}

bool same_levels(const Type& a, const Type& b) {
  return a.levels == b.levels || (a.levels && b.levels && *a.levels == *b.levels);
}

bool same_type(const Type& a, const Type& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == Type::Kind::category) return same_levels(a, b);
  return a.kind == Type::Kind::boolean || a.time_power == b.time_power;
}

NodePointer constant_node(double value, Type type) {
  Node node;
  node.value = value;
  node.type = std::move(type);
  return std::make_shared<const Node>(std::move(node));
}

NodePointer operation(Op op, Type type, std::vector<NodePointer> children) {
  Node node;
  node.kind = Node::Kind::operation;
  node.op = op;
  node.type = std::move(type);
  node.children = std::move(children);
  return std::make_shared<const Node>(std::move(node));
}

NodePointer chain(Op op, Type type, std::vector<NodePointer> children, std::vector<bool> inverted) {
  Node node;
  node.kind = Node::Kind::chain;
  node.op = op;
  node.type = std::move(type);
  node.children = std::move(children);
  node.inverted = std::move(inverted);
  return std::make_shared<const Node>(std::move(node));
}

bool is_reserved(std::string_view word) {
  constexpr std::array<std::string_view, 12> words = {"true",    "false", "and",        "or",   "not", "in",
                                                      "visited", "count", "time_since", "rest", "now", "per"};
  return std::find(words.begin(), words.end(), word) != words.end() || time_unit(word).has_value();
}

Expression Expression::constant(double value, Type type) {
  return Expression(constant_node(value, std::move(type)));
}

const Type& Expression::type() const {
  return root_->type;
}

std::vector<ParameterId> Expression::parameters_used() const {
  std::vector<ParameterId> used;
  if (!root_) return used;
  walk(*root_, [&](const Node& node) {
    if (node.kind == Node::Kind::parameter) used.push_back(ParameterId{node.index});
  });
  sort_once_each(used);
  return used;
}

std::vector<AttributeId> Expression::attributes_used() const {
  std::vector<AttributeId> used;
  if (!root_) return used;
  walk(*root_, [&](const Node& node) {
    if (node.kind == Node::Kind::look_up && node.op == Op::attribute) used.push_back(AttributeId{node.index});
  });
  sort_once_each(used);
  return used;
}

std::vector<std::int32_t> Expression::levels_named() const {
  std::vector<std::int32_t> named;
  if (!root_ || root_->type.kind != Type::Kind::category) return named;
  walk(*root_, [&](const Node& node) {
    if (node.kind == Node::Kind::constant && same_type(node.type, root_->type)) {
      named.push_back(static_cast<std::int32_t>(node.value));
    }
  });
  sort_once_each(named);
  return named;
}

}  // namespace sojourn::expression
