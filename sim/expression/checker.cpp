#include "expression/checker.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/number_text.hpp"
#include "base/units.hpp"
#include "expression/names.hpp"

namespace sojourn::expression {

namespace {

using Kind = Syntax::Kind;
constexpr int kLargestPower = 8;  // of time

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

bool all_good(const std::vector<NodePointer>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [](const NodePointer& node) { return node != nullptr; });
}

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

// Where a value begins in the text: operators hold the offset of their sign.
std::size_t beginning(const Syntax& syntax) {
  const bool prefix = syntax.kind == Kind::negate || syntax.kind == Kind::invert || syntax.kind == Kind::call;
  return prefix || syntax.children.empty() ? syntax.offset
                                           : std::min(syntax.offset, beginning(*syntax.children.front()));
}

// For two numbers that should be alike.
std::string missing_unit(const Type& a, const Type& b) {
  if (a.kind != Type::Kind::number || b.kind != Type::Kind::number || a.time_power * b.time_power != 0) return {};
  const int power = a.time_power + b.time_power;
  return power == 1    ? "a time has a unit, e.g. 28 days"
         : power == -1 ? "a rate has a unit, e.g. 0.3 per year"
                       : std::string();
}

class Checker {
 public:
  Checker(const Scope& scope, const Allowed& allowed, Problems& problems)
      : names_(scope, allowed, problems), bare_states_(allowed.bare_states), problems_(problems) {}

  NodePointer root(const Syntax& syntax, const std::optional<Type>& expected) {
    const Levels levels = expected && expected->kind == Type::Kind::category ? expected->levels : nullptr;
    NodePointer node = value(syntax, levels);
    if (!node || !expected || same_type(node->type, *expected)) return node;
    problems_.add(beginning(syntax), describe(*expected) + " is needed", "this is " + describe(node->type),
                  hint(syntax, node->type, *expected));
    return nullptr;
  }

 private:
  static std::string hint(const Syntax& syntax, const Type& found, const Type& wanted) {
    if (found.kind == Type::Kind::category) return wanted.kind == Type::Kind::boolean ? "compare it with a level" : "";
    if (found.kind != Type::Kind::number) return {};
    if (wanted.kind == Type::Kind::boolean) return "compare it with something, e.g. ... > 0";
    if (found.time_power != 0) return {};
    if (wanted.kind != Type::Kind::number || std::abs(wanted.time_power) != 1) return {};
    const std::string number = syntax.kind == Kind::number ? number_text(syntax.value) : "...";
    return wanted.time_power == 1 ? "add a unit, e.g. " + number + " days" : "add a unit, e.g. " + number + " per year";
  }

  // The levels this value will have whatever it is compared with; nothing if it has none or they are still open.
  [[nodiscard]] Levels known_levels(const Syntax& syntax) const {
    if (syntax.kind == Kind::name) return bare_states_ ? nullptr : names_.levels_of(syntax.text);
    if (syntax.kind != Kind::choose) return nullptr;
    const Levels first = known_levels(*syntax.children[1]);
    return first ? first : known_levels(*syntax.children[2]);
  }

  // `levels`: of the category that is wanted here, if one is.
  NodePointer value(const Syntax& syntax, const Levels& levels) {
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

  NodePointer number(const Syntax& syntax) {
    NodePointer node = value(syntax, nullptr);
    if (!node || node->type.kind == Type::Kind::number) return node;
    const bool flag = node->type.kind == Type::Kind::boolean;
    problems_.add(beginning(syntax), "a number is needed", "this is " + describe(node->type),
                  flag ? "write (condition ? 1 : 0)" : "");
    return nullptr;
  }

  NodePointer plain_number(const Syntax& syntax, std::string_view why) {
    NodePointer node = number(syntax);
    if (!node || node->type.time_power == 0) return node;
    problems_.add(beginning(syntax), "a plain number is needed", std::string(why) + "; this is " + describe(node->type),
                  node->type.time_power == 1 ? "divide by a unit, e.g. / year" : "");
    return nullptr;
  }

  NodePointer boolean(const Syntax& syntax) {
    NodePointer node = value(syntax, nullptr);
    if (!node || node->type.kind == Type::Kind::boolean) return node;
    problems_.add(
        beginning(syntax), "a boolean is needed", "this is " + describe(node->type),
        node->type.kind == Type::Kind::number ? "compare it with something, e.g. ... > 0" : "compare it with a level");
    return nullptr;
  }

  NodePointer negate(const Syntax& syntax) {
    NodePointer inside = number(*syntax.children[0]);
    if (!inside) return nullptr;
    Type type = inside->type;
    return operation(Op::negate, std::move(type), {std::move(inside)});
  }

  NodePointer invert(const Syntax& syntax) {
    NodePointer inside = boolean(*syntax.children[0]);
    return inside ? operation(Op::invert, Type::boolean(), {std::move(inside)}) : nullptr;
  }

  NodePointer logical(const Syntax& syntax, Op op) {
    std::vector<NodePointer> children;
    for (const SyntaxPointer& child : syntax.children) children.push_back(boolean(*child));
    if (!all_good(children)) return nullptr;
    std::vector<bool> inverted(children.size(), false);
    return chain(op, Type::boolean(), std::move(children), std::move(inverted));
  }

  NodePointer sum(const Syntax& syntax) {
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

  NodePointer product(const Syntax& syntax) {
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
      if (good && std::abs(power) > kLargestPower) {
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

  // A number written out, perhaps with signs before it.
  static std::optional<double> literal(const Syntax& syntax) {
    if (syntax.kind == Kind::number && syntax.time_power == 0) return syntax.value;
    if (syntax.kind != Kind::negate) return std::nullopt;
    const std::optional<double> inside = literal(*syntax.children[0]);
    return inside ? std::optional<double>(-*inside) : std::nullopt;
  }

  NodePointer power(const Syntax& base, const Syntax& exponent, std::size_t offset) {
    NodePointer from = number(base);
    NodePointer to = plain_number(exponent, "it is an exponent");
    if (!from || !to) return nullptr;
    int time_power = from->type.time_power;
    if (time_power != 0) {
      const double wanted = time_power * literal(exponent).value_or(0.5 / time_power);
      if (wanted != std::floor(wanted) || std::abs(wanted) > kLargestPower) {
        problems_.add(offset, "cannot raise " + describe(from->type) + " to this power",
                      "the exponent must be a number written out that gives a whole power of time up to 8",
                      time_power == 1 ? "divide by a unit first, e.g. (... / year) ^ ..." : "");
        return nullptr;
      }
      time_power = static_cast<int>(wanted);
    }
    return operation(Op::power, Type::number(time_power), {std::move(from), std::move(to)});
  }

  NodePointer compare(const Syntax& syntax) {
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

  static std::string plural(const Type& type) { return type.kind == Type::Kind::boolean ? "booleans" : "categories"; }

  NodePointer choose(const Syntax& syntax, const Levels& wanted) {
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

  NodePointer call(const Syntax& syntax) {
    if (const HistoryFunction* function = find_history_function(syntax.text)) return history(syntax, *function);
    const Function* function = find_function(syntax.text);
    const auto count = static_cast<int>(syntax.children.size());
    if (function == nullptr) {
      names_.unknown_function(syntax.text, syntax.offset);
    } else if (count < function->fewest || count > function->most) {
      const std::string wanted = function->most > 2 ? "2 or more values" : function->most == 2 ? "2 values" : "1 value";
      problems_.add(syntax.offset, quoted(syntax.text) + " needs " + wanted, std::to_string(count) + " given");
      function = nullptr;
    } else if (function->rule == TimeRule::power) {
      return power(*syntax.children[0], *syntax.children[1], syntax.offset);
    }
    const bool plain = function != nullptr && function->rule == TimeRule::plain;
    const std::string why = plain ? quoted(syntax.text) + " takes plain numbers" : std::string();
    std::vector<NodePointer> arguments;
    for (const SyntaxPointer& child : syntax.children) {
      arguments.push_back(plain                 ? plain_number(*child, why)
                          : function != nullptr ? number(*child)
                                                : value(*child, nullptr));
    }
    return function != nullptr && all_good(arguments) ? apply(*function, syntax, std::move(arguments)) : nullptr;
  }

  NodePointer apply(const Function& function, const Syntax& syntax, std::vector<NodePointer> arguments) {
    Type type = arguments.front()->type;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      if (same_type(type, arguments[i]->type)) continue;
      problems_.add(beginning(*syntax.children[i]), quoted(syntax.text) + " needs values of one kind",
                    describe(type) + " and " + describe(arguments[i]->type));
      return nullptr;
    }
    if (function.rule == TimeRule::half && type.time_power % 2 != 0) {
      problems_.add(syntax.offset, "cannot take the square root of " + describe(type),
                    "the power of time must be even");
      return nullptr;
    }
    if (function.rule == TimeRule::half) type.time_power /= 2;
    if (arguments.size() > 2) {
      std::vector<bool> inverted(arguments.size(), false);
      return chain(function.op, type, std::move(arguments), std::move(inverted));
    }
    return operation(function.op, type, std::move(arguments));
  }

  NodePointer history(const Syntax& syntax, const HistoryFunction& function) {
    if (syntax.children.size() == 1 && syntax.children[0]->kind == Kind::name) {
      const Syntax& argument = *syntax.children[0];
      return argument.bad ? nullptr : names_.history(function, syntax.offset, argument.text, argument.offset);
    }
    const std::string wanted =
        function.op == Op::in_set ? " needs the name of a state or a tag" : " needs the name of a state or an event";
    problems_.add(syntax.offset, quoted(syntax.text) + wanted,
                  syntax.children.size() == 1 ? "" : std::to_string(syntax.children.size()) + " values given",
                  syntax.children.size() > 1 ? "join several with `or`" : "");
    return nullptr;
  }

  Names names_;
  bool bare_states_;
  Problems& problems_;
};

}  // namespace

NodePointer check(const Syntax& syntax, const Scope& scope, const std::optional<Type>& expected, const Allowed& allowed,
                  Problems& problems) {
  return Checker(scope, allowed, problems).root(syntax, expected);
}

}  // namespace sojourn::expression
