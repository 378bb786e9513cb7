// Text to tokens. Numbers are strict (base/number_text.hpp). A slip that can only mean one thing (`=`, `**`, a Unicode
// minus) is reported and read as what was meant, so that the rest is checked too.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "expression/problems.hpp"

namespace sojourn::expression {

enum class TokenKind : std::uint8_t {
  number,
  name,
  plus,
  minus,
  star,
  slash,
  caret,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  both,
  either,
  invert,
  per,
  question,
  colon,
  open,
  close,
  comma,
  end
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;
  std::string_view text;
  double value = 0;  // of a number
  bool bad = false;  // reported already: stands for anything
};

struct Tokens {
  std::vector<Token> list;  // ends with `end`
  bool complete = true;     // false: something was left out, so that the syntax means nothing
};

[[nodiscard]] Tokens tokenize(std::string_view text, Problems& problems);

}  // namespace sojourn::expression
