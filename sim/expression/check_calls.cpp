#include <utility>

#include "base/diagnostics.hpp"
#include "expression/checking.hpp"

namespace sojourn::expression {

using Kind = Syntax::Kind;

NodePointer Checker::call(const Syntax& syntax) {
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

NodePointer Checker::apply(const Function& function, const Syntax& syntax, std::vector<NodePointer> arguments) {
  Type type = arguments.front()->type;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (same_type(type, arguments[i]->type)) continue;
    problems_.add(beginning(*syntax.children[i]), quoted(syntax.text) + " needs values of one kind",
                  describe(type) + " and " + describe(arguments[i]->type));
    return nullptr;
  }
  if (function.rule == TimeRule::half && type.time_power % 2 != 0) {
    problems_.add(syntax.offset, "cannot take the square root of " + describe(type), "the power of time must be even");
    return nullptr;
  }
  if (function.rule == TimeRule::half) type.time_power /= 2;
  if (arguments.size() > 2) {
    std::vector<bool> inverted(arguments.size(), false);
    return chain(function.op, type, std::move(arguments), std::move(inverted));
  }
  return operation(function.op, type, std::move(arguments));
}

NodePointer Checker::history(const Syntax& syntax, const HistoryFunction& function) {
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

}  // namespace sojourn::expression
