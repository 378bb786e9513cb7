#include <cmath>
#include <cstdlib>
#include <utility>

#include "base/units.hpp"
#include "expression/checking.hpp"

namespace sojourn::expression {

using Kind = Syntax::Kind;

namespace {

constexpr int largest_power = 8;  // of time

// A number written out, perhaps with signs before it.
std::optional<double> literal(const Syntax& syntax) {
  if (syntax.kind == Kind::number && syntax.time_power == 0) return syntax.value;
  const bool plus = syntax.kind == Kind::sum && syntax.children.size() == 1;
  if (syntax.kind != Kind::negate && !plus) return std::nullopt;
  const std::optional<double> inside = literal(*syntax.children[0]);
  if (plus) return inside;
  return inside ? std::optional<double>(-*inside) : std::nullopt;
}

}  // namespace

NodePointer Checker::negate(const Syntax& syntax) {
  NodePointer inside = number(*syntax.children[0]);
  if (!inside) return nullptr;
  Type type = inside->type;
  return operation(Op::negate, std::move(type), {std::move(inside)});
}

NodePointer Checker::sum(const Syntax& syntax) {
  std::vector<NodePointer> children;
  std::vector<bool> inverted = {false};
  for (const SyntaxPointer& child : syntax.children) children.push_back(number(*child));
  for (const Token& sign : syntax.operators) inverted.push_back(sign.kind == TokenKind::minus);
  if (!all_good(children)) return nullptr;
  const Type type = children.front()->type;
  for (std::size_t i = 1; i < children.size(); ++i) {
    if (same_type(type, children[i]->type)) continue;
    problems_.add(syntax.operators[i - 1].offset,
                  inverted[i] ? "cannot subtract " + describe(children[i]->type) + " from " + describe(type)
                              : "cannot add " + describe(children[i]->type) + " to " + describe(type),
                  {}, missing_unit(type, children[i]->type));
    return nullptr;
  }
  return chain(Op::add, type, std::move(children), std::move(inverted));
}

NodePointer Checker::product(const Syntax& syntax) {
  std::vector<NodePointer> children;
  std::vector<bool> inverted;
  int power = 0;
  bool good = true;
  for (std::size_t i = 0; i < syntax.children.size(); ++i) {
    const Syntax& child = *syntax.children[i];
    const bool divides = i > 0 && syntax.operators[i - 1].kind != TokenKind::star && child.kind != Kind::unit;
    children.push_back(number(child));
    inverted.push_back(divides);
    if (!children.back()) {
      good = false;
      continue;
    }
    power += divides ? -children.back()->type.time_power : children.back()->type.time_power;
    if (good && std::abs(power) > largest_power) {
      problems_.add(syntax.operators[i - 1].offset, "the power of time is beyond 8");
      return nullptr;
    }
    if (child.kind == Kind::unit && *time_unit(child.text) == TimeUnit::week) {
      children.back() = constant_node(365.25, Type::number(-1));  // as per_year_from does: x * 365.25 / 7
      children.push_back(constant_node(7, Type::number()));
      inverted.push_back(true);
    }
  }
  return good ? chain(Op::multiply, Type::number(power), std::move(children), std::move(inverted)) : nullptr;
}

NodePointer Checker::power(const Syntax& base, const Syntax& exponent, std::size_t offset) {
  NodePointer from = number(base);
  NodePointer to = plain_number(exponent, "it is an exponent");
  if (!from || !to) return nullptr;
  int time_power = from->type.time_power;
  if (time_power != 0) {
    const double wanted = time_power * literal(exponent).value_or(0.5 / time_power);
    if (wanted != std::floor(wanted) || std::abs(wanted) > largest_power) {
      problems_.add(offset, "cannot raise " + describe(from->type) + " to this power",
                    "the exponent must be a number written out that gives a whole power of time up to 8",
                    time_power == 1 ? "divide by a unit first, e.g. (... / year) ^ ..." : "");
      return nullptr;
    }
    time_power = static_cast<int>(wanted);
  }
  return operation(Op::power, Type::number(time_power), {std::move(from), std::move(to)});
}

}  // namespace sojourn::expression
