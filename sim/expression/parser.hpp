// Tokens to an untyped tree, by operator precedence (Pratt). From loose to tight:
//   c ? a : b (right) | or || | and && | not ! | == != < <= > >= (one only) | + - | * / | per | unary - | ^ (right)
// A unit of time follows a number (`28 days`), `/` or `per`.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "expression/lexer.hpp"
#include "expression/problems.hpp"

namespace sojourn::expression {

inline constexpr std::size_t longest_text = 65536;  // [bytes]
inline constexpr int deepest = 200;                 // parentheses, calls, unary signs, powers, ? : inside each other

struct Syntax {
  enum class Kind : std::uint8_t {
    number,
    unit,
    name,
    call,
    negate,
    invert,
    power,
    compare,
    choose,
    sum,
    product,
    both,
    either  // chains: operators[i] stands before children[i + 1]
  };
  Kind kind = Kind::number;
  std::size_t offset = 0;
  std::string_view text;  // of a name, a call, a unit; of a number with its unit
  double value = 0;       // of a number, in years if it has a unit
  int time_power = 0;     // of a number
  bool bad = false;       // reported already
  std::vector<std::unique_ptr<Syntax>> children;
  std::vector<Token> operators;
};
using SyntaxPointer = std::unique_ptr<Syntax>;

// Nothing if the syntax is wrong; then the first place is reported.
[[nodiscard]] SyntaxPointer parse_syntax(const std::vector<Token>& tokens, Problems& problems);

}  // namespace sojourn::expression
