#include <algorithm>
#include <utility>

#include "expression/checker.hpp"

namespace sojourn::expression {

std::vector<ExpressionProblem> Problems::sorted() && {
  std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  return std::move(found_);
}

ParseResult parse(std::string_view text, const Scope& scope, const std::optional<Type>& expected,
                  const Allowed& allowed) {
  Problems problems;
  NodePointer root;
  if (text.size() > longest_text) {
    problems.add(0, "the expression is too long", std::to_string(text.size()) + " bytes; the limit is 64 kB");
  } else {
    const Tokens tokens = tokenize(text, problems);
    const SyntaxPointer syntax = tokens.complete ? parse_syntax(tokens.list, problems) : nullptr;
    if (syntax) root = check(*syntax, scope, expected, allowed, problems);
  }
  if (problems.none()) return Expression(std::move(root));
  return std::move(problems).sorted();
}

}  // namespace sojourn::expression
