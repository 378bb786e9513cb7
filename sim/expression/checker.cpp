#include "expression/checker.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/number_text.hpp"
#include "base/units.hpp"
#include "expression/checking.hpp"

namespace sojourn::expression {

using Kind = Syntax::Kind;

namespace {

Op comparison(TokenKind kind) {
  switch (kind) {
    case TokenKind::equal:
      return Op::equal;
    case TokenKind::not_equal:
      return Op::not_equal;
    case TokenKind::less:
      return Op::less;
    case TokenKind::less_equal:
      return Op::less_equal;
    case TokenKind::greater:
      return Op::greater;
    default:
      return Op::greater_equal;
  }
}

std::string hint(const Syntax& syntax, const Type& found, const Type& wanted) {
  if (found.kind == Type::Kind::category) return wanted.kind == Type::Kind::boolean ? "compare it with a level" : "";
  if (found.kind != Type::Kind::number) return {};
  if (wanted.kind == Type::Kind::boolean) return "compare it with something, e.g. ... > 0";
  if (found.time_power != 0) return {};
  if (wanted.kind != Type::Kind::number || std::abs(wanted.time_power) != 1) return {};
  const std::string number = syntax.kind == Kind::number ? number_text(syntax.value) : "...";
  return wanted.time_power == 1 ? "add a unit, e.g. " + number + (number == "1" ? " day" : " days")
                                : "add a unit, e.g. " + number + " per year";
}

std::string plural(const Type& type) {
  return type.kind == Type::Kind::boolean ? "booleans" : "categories";
}

}  // namespace

std::size_t beginning(const Syntax& syntax) {
  const bool prefix = syntax.kind == Kind::negate || syntax.kind == Kind::invert || syntax.kind == Kind::call;
  return prefix || syntax.children.empty() ? syntax.offset
                                           : std::min(syntax.offset, beginning(*syntax.children.front()));
}

std::string missing_unit(const Type& a, const Type& b) {
  if (a.kind != Type::Kind::number || b.kind != Type::Kind::number || a.time_power * b.time_power != 0) return {};
  const int power = a.time_power + b.time_power;
  return power == 1    ? "a time has a unit, e.g. 28 days"
         : power == -1 ? "a rate has a unit, e.g. 0.3 per year"
                       : std::string();
}

bool all_good(const std::vector<NodePointer>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [](const NodePointer& node) { return node != nullptr; });
}

NodePointer Checker::root(const Syntax& syntax, const std::optional<Type>& expected) {
  const Levels levels = expected && expected->kind == Type::Kind::category ? expected->levels : nullptr;
  NodePointer node = value(syntax, levels);
  if (!node || !expected || same_type(node->type, *expected)) return node;
  problems_.add(beginning(syntax), describe(*expected) + " is needed", "this is " + describe(node->type),
                hint(syntax, node->type, *expected));
  return nullptr;
}

NodePointer Checker::value(const Syntax& syntax, const Levels& levels) {
  if (syntax.bad) return nullptr;
  switch (syntax.kind) {
    case Kind::number:
      return constant_node(syntax.value, Type::number(syntax.time_power));
    case Kind::unit:
      return constant_node(per_year_from(1, *time_unit(syntax.text)), Type::number(-1));
    case Kind::name:
      return names_.value(syntax.text, syntax.offset, levels);
    case Kind::call:
      return call(syntax);
    case Kind::negate:
      return negate(syntax);
    case Kind::invert:
      return invert(syntax);
    case Kind::power:
      return power(*syntax.children[0], *syntax.children[1], syntax.offset);
    case Kind::compare:
      return compare(syntax);
    case Kind::choose:
      return choose(syntax, levels);
    case Kind::sum:
      return sum(syntax);
    case Kind::product:
      return product(syntax);
    case Kind::both:
      return logical(syntax, Op::both);
    case Kind::either:
      return logical(syntax, Op::either);
  }
  return nullptr;
}

NodePointer Checker::number(const Syntax& syntax) {
  NodePointer node = value(syntax, nullptr);
  if (!node || node->type.kind == Type::Kind::number) return node;
  const bool flag = node->type.kind == Type::Kind::boolean;
  problems_.add(beginning(syntax), "a number is needed", "this is " + describe(node->type),
                flag ? "write (condition ? 1 : 0)" : "");
  return nullptr;
}

NodePointer Checker::plain_number(const Syntax& syntax, std::string_view why) {
  NodePointer node = number(syntax);
  if (!node || node->type.time_power == 0) return node;
  problems_.add(beginning(syntax), "a plain number is needed", std::string(why) + "; this is " + describe(node->type),
                node->type.time_power == 1 ? "divide by a unit, e.g. / year" : "");
  return nullptr;
}

NodePointer Checker::boolean(const Syntax& syntax) {
  NodePointer node = value(syntax, nullptr);
  if (!node || node->type.kind == Type::Kind::boolean) return node;
  problems_.add(
      beginning(syntax), "a boolean is needed", "this is " + describe(node->type),
      node->type.kind == Type::Kind::number ? "compare it with something, e.g. ... > 0" : "compare it with a level");
  return nullptr;
}

Levels Checker::known_levels(const Syntax& syntax) const {
  if (syntax.kind == Kind::name) return bare_states_ ? nullptr : names_.levels_of(syntax.text);
  if (syntax.kind != Kind::choose) return nullptr;
  const Levels first = known_levels(*syntax.children[1]);
  return first ? first : known_levels(*syntax.children[2]);
}

NodePointer Checker::invert(const Syntax& syntax) {
  NodePointer inside = boolean(*syntax.children[0]);
  return inside ? operation(Op::invert, Type::boolean(), {std::move(inside)}) : nullptr;
}

NodePointer Checker::logical(const Syntax& syntax, Op op) {
  std::vector<NodePointer> children;
  for (const SyntaxPointer& child : syntax.children) children.push_back(boolean(*child));
  if (!all_good(children)) return nullptr;
  std::vector<bool> inverted(children.size(), false);
  return chain(op, Type::boolean(), std::move(children), std::move(inverted));
}

NodePointer Checker::compare(const Syntax& syntax) {
  const Syntax& left = *syntax.children[0];
  const Syntax& right = *syntax.children[1];
  const Token& sign = syntax.operators.front();
  const Levels of_left = known_levels(left);
  const Levels levels = of_left ? of_left : known_levels(right);
  NodePointer a = value(left, levels);
  NodePointer b = value(right, levels);
  if (!a || !b) return nullptr;
  const bool equality = sign.kind == TokenKind::equal || sign.kind == TokenKind::not_equal;
  if (!same_type(a->type, b->type)) {
    const bool flag = (a->type.kind == Type::Kind::boolean) != (b->type.kind == Type::Kind::boolean);
    problems_.add(sign.offset, "cannot compare " + describe(a->type) + " with " + describe(b->type), {},
                  flag ? "a boolean is a condition already" : missing_unit(a->type, b->type));
    return nullptr;
  }
  if (!equality && a->type.kind != Type::Kind::number) {
    problems_.add(sign.offset, quoted(sign.text) + " needs numbers", "these are " + plural(a->type), "use == or !=");
    return nullptr;
  }
  return operation(comparison(sign.kind), Type::boolean(), {std::move(a), std::move(b)});
}

NodePointer Checker::choose(const Syntax& syntax, const Levels& wanted) {
  const Levels levels = wanted ? wanted : known_levels(syntax);
  NodePointer condition = boolean(*syntax.children[0]);
  NodePointer yes = value(*syntax.children[1], levels);
  NodePointer no = value(*syntax.children[2], levels);
  if (!condition || !yes || !no) return nullptr;
  if (!same_type(yes->type, no->type)) {
    problems_.add(syntax.offset, "both values of `? :` must be of one type",
                  describe(yes->type) + " or " + describe(no->type));
    return nullptr;
  }
  const Type type = yes->type;
  return operation(Op::choose, type, {std::move(condition), std::move(yes), std::move(no)});
}

NodePointer check(const Syntax& syntax, const Scope& scope, const std::optional<Type>& expected, const Allowed& allowed,
                  Problems& problems) {
  return Checker(scope, allowed, problems).root(syntax, expected);
}

}  // namespace sojourn::expression
