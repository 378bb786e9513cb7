#include "expression/lexer.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/diagnostics.hpp"
#include "base/number_text.hpp"
#include "base/units.hpp"
#include "base/utf8.hpp"

namespace sojourn::expression {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct Sign {
  std::string_view text;
  TokenKind kind;
  std::string_view slip;  // what should have been written; empty: nothing is wrong
};

// Longer ones first.
constexpr std::array<Sign, 35> signs = {{
    {"===", TokenKind::equal, "=="},
    {"==", TokenKind::equal, ""},
    {"!=", TokenKind::not_equal, ""},
    {"<>", TokenKind::not_equal, "!="},
    {"<=", TokenKind::less_equal, ""},
    {">=", TokenKind::greater_equal, ""},
    {"=<", TokenKind::less_equal, "<="},
    {"=>", TokenKind::greater_equal, ">="},
    {"&&", TokenKind::both, ""},
    {"||", TokenKind::either, ""},
    {"**", TokenKind::caret, "^"},
    {"\u2212", TokenKind::minus, "-"},
    {"\u2013", TokenKind::minus, "-"},
    {"\u00d7", TokenKind::star, "*"},
    {"\u00b7", TokenKind::star, "*"},
    {"\u00f7", TokenKind::slash, "/"},
    {"\u2264", TokenKind::less_equal, "<="},
    {"\u2265", TokenKind::greater_equal, ">="},
    {"\u2260", TokenKind::not_equal, "!="},
    {"+", TokenKind::plus, ""},
    {"-", TokenKind::minus, ""},
    {"*", TokenKind::star, ""},
    {"/", TokenKind::slash, ""},
    {"^", TokenKind::caret, ""},
    {"=", TokenKind::equal, "=="},
    {"<", TokenKind::less, ""},
    {">", TokenKind::greater, ""},
    {"!", TokenKind::invert, ""},
    {"&", TokenKind::both, "and"},
    {"|", TokenKind::either, "or"},
    {"?", TokenKind::question, ""},
    {":", TokenKind::colon, ""},
    {"(", TokenKind::open, ""},
    {")", TokenKind::close, ""},
    {",", TokenKind::comma, ""},
}};

TokenKind kind_of_word(std::string_view word) {
  if (word == "and") return TokenKind::both;
  if (word == "or") return TokenKind::either;
  if (word == "not") return TokenKind::invert;
  if (word == "per") return TokenKind::per;
  return TokenKind::name;
}

class Lexer {
 public:
  Lexer(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}

  Tokens run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
      if (is_space(c)) {
        ++at_;
      } else if (is_digit(c) || (c == '.' && (is_digit(next) || (is_letter(next) && !after_word())))) {
        number();
      } else if (is_word(c)) {
        word();
      } else if (c == '"' || c == '\'') {
        quote(c);
      } else {
        sign();
      }
    }
    push(TokenKind::end, 0);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] bool after_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  Token& push(TokenKind kind, std::size_t length) {
    tokens_.list.push_back({kind, at_, text_.substr(at_, length), 0, false});
    at_ += length;
    return tokens_.list.back();
  }

  // All that hangs together with a digit at its beginning, so that 0x1F, 1_000 and 28days are refused whole.
  std::size_t number_length() const {
    std::size_t end = at_;
    bool plain = true;
    while (end < text_.size()) {
      const char c = text_[end];
      const bool exponent_sign = (c == '+' || c == '-') && plain && end > at_ &&
                                 (text_[end - 1] == 'e' || text_[end - 1] == 'E') && end + 1 < text_.size() &&
                                 is_digit(text_[end + 1]);
      if (!is_word(c) && c != '.' && !exponent_sign) break;
      if (!is_digit(c) && c != '.' && c != 'e' && c != 'E') plain = false;
      ++end;
    }
    return end - at_;
  }

  void number() {
    Token& token = push(TokenKind::number, number_length());
    const ParsedNumber parsed = parse_number(token.text);
    token.value = parsed.value.value_or(0);
    token.bad = !parsed;
    if (parsed) return;
    const std::size_t digits = std::min(token.text.find_first_not_of("0123456789."), token.text.size());
    const bool unit = digits > 0 && time_unit(token.text.substr(digits)).has_value();
    const std::string hint =
        unit ? "write " + std::string(token.text.substr(0, digits)) + " " + std::string(token.text.substr(digits))
             : parsed.hint;
    problems_.add(token.offset, quoted(token.text) + " is not a number", parsed.why, hint);
  }

  void word() {
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view found = text_.substr(at_, end - at_);
    Token& token = push(kind_of_word(found), found.size());
    if (is_letter(found.front())) return;
    token.bad = true;
    problems_.add(token.offset, quoted(found) + " is not a name", "names begin with a letter");
  }

  void quote(char mark) {
    const std::size_t close = text_.find(mark, at_ + 1);
    const std::string_view inside = text_.substr(at_ + 1, close == std::string_view::npos ? 0 : close - at_ - 1);
    const bool name =
        !inside.empty() && is_letter(inside.front()) && std::all_of(inside.begin(), inside.end(), is_word);
    problems_.add(at_, "quotes are not part of an expression", {},
                  name ? "write " + std::string(inside) + " without them" : "write names without them");
    if (!name) tokens_.complete = false;
    at_ += 1;
    if (name) push(TokenKind::name, inside.size());
    at_ = close == std::string_view::npos ? text_.size() : close + 1;
  }

  void sign() {
    const std::string_view rest = text_.substr(at_);
    for (const Sign& candidate : signs) {
      if (!rest.starts_with(candidate.text)) continue;
      if (!candidate.slip.empty()) {
        problems_.add(at_, quoted(candidate.text) + " is not an operator", {}, "write " + std::string(candidate.slip));
      }
      push(candidate.kind, candidate.text.size());
      return;
    }
    unknown();
  }

  void unknown() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    const char c = text_[at_];
    std::string hint;
    if (c == '%') hint = "write a percentage as a fraction, 0.05 for 5%";
    if (c == '[' || c == ']' || c == '{' || c == '}') hint = "use ( )";
    if (c == '.') hint = "names hold the letters a-z, digits and _";
    if (c == ';') hint = "one expression only";
    const std::string_view character = text_.substr(at_, end - at_);
    std::string why;
    if (const std::size_t length = utf8_length(text_, at_); length > 1) {
      const std::uint32_t code = code_point(text_.substr(at_, length));
      why = "the character " + code_name(code);
      hint = code >= 0x2018 && code <= 0x201F ? "remove the typographic quote"
             : is_invisible(code)             ? "write a plain blank"
                                              : "names hold the letters a-z, digits and _";
    }
    problems_.add(at_, quoted(character) + " has no meaning in an expression", std::move(why), std::move(hint));
    tokens_.complete = false;
    at_ = end;
  }

  std::string_view text_;
  Problems& problems_;
  std::size_t at_ = 0;
  Tokens tokens_;
};

}  // namespace

Tokens tokenize(std::string_view text, Problems& problems) {
  return Lexer(text, problems).run();
}

}  // namespace sojourn::expression
