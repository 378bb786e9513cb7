// How the checker goes through an untyped tree, shared by its three sources: checker.cpp (what is wanted where,
// conditions, levels), check_arithmetic.cpp (powers of time) and check_calls.cpp (functions).
// Each method gives nothing when it, or something inside, has been reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/names.hpp"
#include "expression/node.hpp"
#include "expression/parser.hpp"
#include "expression/problems.hpp"

namespace sojourn::expression {

class Checker {
 public:
  Checker(const Scope& scope, const Allowed& allowed, Problems& problems)
      : names_(scope, allowed, problems), bare_states_(allowed.bare_states), problems_(problems) {}

  [[nodiscard]] NodePointer root(const Syntax& syntax, const std::optional<Type>& expected);

 private:
  // `levels`: of the category that is wanted here, if one is.
  NodePointer value(const Syntax& syntax, const Levels& levels);
  NodePointer number(const Syntax& syntax);
  NodePointer plain_number(const Syntax& syntax, std::string_view why);
  NodePointer boolean(const Syntax& syntax);
  // The levels this value will have whatever it is compared with; nothing if it has none or they are still open.
  [[nodiscard]] Levels known_levels(const Syntax& syntax) const;

  NodePointer invert(const Syntax& syntax);
  NodePointer logical(const Syntax& syntax, Op op);
  NodePointer compare(const Syntax& syntax);
  NodePointer choose(const Syntax& syntax, const Levels& wanted);

  NodePointer negate(const Syntax& syntax);
  NodePointer sum(const Syntax& syntax);
  NodePointer product(const Syntax& syntax);
  NodePointer power(const Syntax& base, const Syntax& exponent, std::size_t offset);

  NodePointer call(const Syntax& syntax);
  NodePointer apply(const Function& function, const Syntax& syntax, std::vector<NodePointer> arguments);
  NodePointer history(const Syntax& syntax, const HistoryFunction& function);

  Names names_;
  bool bare_states_;
  Problems& problems_;
};

// Where a value begins in the text: operators hold the offset of their sign.
[[nodiscard]] std::size_t beginning(const Syntax& syntax);
// For two numbers that should be alike: the hint when one of them is plain.
[[nodiscard]] std::string missing_unit(const Type& a, const Type& b);
[[nodiscard]] bool all_good(const std::vector<NodePointer>& nodes);

}  // namespace sojourn::expression
