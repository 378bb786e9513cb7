#include "expression/parser.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/diagnostics.hpp"
#include "base/similar.hpp"
#include "base/units.hpp"

namespace sojourn::expression {

namespace {

enum Level : int { ternary, either, both, invert, compare, sum, product, per, unary, power };

struct Infix {
  int level;
  Syntax::Kind kind;
};

std::optional<Infix> infix(TokenKind kind) {
  using K = Syntax::Kind;
  switch (kind) {
    case TokenKind::either:
      return Infix{Level::either, K::either};
    case TokenKind::both:
      return Infix{Level::both, K::both};
    case TokenKind::equal:
    case TokenKind::not_equal:
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal:
      return Infix{Level::compare, K::compare};
    case TokenKind::plus:
    case TokenKind::minus:
      return Infix{Level::sum, K::sum};
    case TokenKind::star:
    case TokenKind::slash:
      return Infix{Level::product, K::product};
    case TokenKind::per:
      return Infix{Level::per, K::product};
    case TokenKind::caret:
      return Infix{Level::power, K::power};
    default:
      return std::nullopt;
  }
}

struct WrongSyntax {};  // thrown after the problem has been reported; never leaves this file

class Parser {
 public:
  Parser(const std::vector<Token>& tokens, Problems& problems) : tokens_(tokens), problems_(problems) {}

  SyntaxPointer run() {
    if (peek().kind == TokenKind::end) fail(peek(), "the expression is empty");
    SyntaxPointer root = expression(Level::ternary);
    if (peek().kind != TokenKind::end) fail_after_value();
    return root;
  }

 private:
  struct Deeper {
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest) {
        parser_.fail(parser_.peek(), "the expression is nested too deeply", "more than 200 levels");
      }
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    Parser& parser_;
  };

  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  const Token& take() { return tokens_[peek().kind == TokenKind::end ? at_ : at_++]; }

  [[noreturn]] void fail(const Token& where, std::string problem, std::string why = {}, std::string hint = {}) {
    problems_.add(where.offset, std::move(problem), std::move(why), std::move(hint));
    throw WrongSyntax{};
  }

  static std::string found(const Token& token) {
    return token.kind == TokenKind::end ? "the expression ends" : "found " + quoted(token.text);
  }

  // The next token cannot follow a finished value.
  [[noreturn]] void fail_after_value() {
    const Token& token = peek();
    if (token.kind == TokenKind::name && time_unit(token.text)) {
      fail(token, "the unit " + quoted(token.text) + " does not follow a number", {},
           "write ... * 1 " + std::string(time_unit_name(*time_unit(token.text))));
    }
    if (token.kind == TokenKind::close) fail(token, "`)` closes nothing");
    if (token.kind == TokenKind::colon) fail(token, "`:` without `?` before it");
    if (token.kind == TokenKind::comma) fail(token, "a comma has no meaning here", {}, "write a decimal point as `.`");
    const std::string word = lower_case(token.text);
    const bool operator_word = word == "and" || word == "or" || word == "per";
    static const std::array<std::string, 4> units = {"days", "weeks", "months", "years"};
    std::string hint;
    if (operator_word || time_unit(word)) {
      hint = "did you mean `" + word + "`?";
    } else if (token.kind == TokenKind::name) {
      hint = did_you_mean(token.text, units);
    }
    const bool as_unit =
        hint.empty() && token.kind == TokenKind::name && at_ > 0 && tokens_[at_ - 1].kind == TokenKind::number;
    fail(token, "an operator is missing before " + quoted(token.text),
         as_unit ? "units are days, weeks, months and years" : "", hint);
  }

  static SyntaxPointer make(Syntax::Kind kind, const Token& token) {
    auto node = std::make_unique<Syntax>();
    node->kind = kind;
    node->offset = token.offset;
    node->text = token.text;
    node->bad = token.bad;
    return node;
  }

  static SyntaxPointer join(const Infix& found, const Token& token, SyntaxPointer left, SyntaxPointer right) {
    SyntaxPointer node = make(found.kind, token);
    node->children.push_back(std::move(left));
    node->children.push_back(std::move(right));
    node->operators.push_back(token);
    return node;
  }

  SyntaxPointer expression(int lowest) {
    SyntaxPointer left = prefix();
    int chain = -1;  // the level of `left` while it may still grow
    for (;;) {
      const Token& token = peek();
      if (token.kind == TokenKind::question && lowest == Level::ternary) return choice(std::move(left));
      const std::optional<Infix> found = infix(token.kind);
      if (!found || found->level < lowest) return left;
      take();
      if (found->level == Level::compare && chain == Level::compare) {
        fail(token, "comparisons cannot be chained", {}, "write a < b and b < c");
      }
      SyntaxPointer right = operand(*found, token);
      if (chain == found->level) {
        left->children.push_back(std::move(right));
        left->operators.push_back(token);
      } else {
        left = join(*found, token, std::move(left), std::move(right));
      }
      chain = found->level == Level::power ? -1 : found->level;
    }
  }

  // What stands to the right of an infix operator.
  SyntaxPointer operand(const Infix& found, const Token& token) {
    const bool divides = token.kind == TokenKind::slash || token.kind == TokenKind::per;
    if (divides && peek().kind == TokenKind::name && time_unit(peek().text)) return make(Syntax::Kind::unit, take());
    if (token.kind == TokenKind::per) {
      const Token& next = peek();
      SyntaxPointer time = next.kind == TokenKind::number ? number() : nullptr;
      if (!time || time->time_power != 1) {
        fail(next, "a unit of time is missing after `per`: " + Parser::found(next), {}, "write e.g. 0.3 per year");
      }
      return time;
    }
    if (found.level == Level::power) {
      const Deeper deeper(*this);
      return expression(Level::unary);
    }
    return expression(found.level + 1);
  }

  SyntaxPointer choice(SyntaxPointer condition) {
    const Token& question = take();
    const Deeper deeper(*this);
    SyntaxPointer node = make(Syntax::Kind::choose, question);
    node->children.push_back(std::move(condition));
    node->children.push_back(expression(Level::ternary));
    if (peek().kind != TokenKind::colon) {
      fail(peek(), "`:` is missing: " + found(peek()), "for the `?` before it", "write condition ? a : b");
    }
    take();
    node->children.push_back(expression(Level::ternary));
    return node;
  }

  SyntaxPointer prefix() {
    const Token& token = peek();
    switch (token.kind) {
      case TokenKind::number:
        return number();
      case TokenKind::name:
        return name();
      case TokenKind::open:
        return parenthesis();
      case TokenKind::plus:
        return unary(Level::unary, Syntax::Kind::sum);  // of one
      case TokenKind::minus:
        return unary(Level::unary, Syntax::Kind::negate);
      case TokenKind::invert:
        return unary(Level::invert, Syntax::Kind::invert);
      default:
        fail(token, "a value is missing: " + found(token));
    }
  }

  SyntaxPointer unary(int level, Syntax::Kind kind) {
    const Token& token = take();
    const Deeper deeper(*this);
    SyntaxPointer inside = expression(level);
    SyntaxPointer node = make(kind, token);
    node->children.push_back(std::move(inside));
    return node;
  }

  SyntaxPointer number() {
    const Token& token = take();
    SyntaxPointer node = make(Syntax::Kind::number, token);
    node->value = token.value;
    const std::optional<TimeUnit> unit = peek().kind == TokenKind::name ? time_unit(peek().text) : std::nullopt;
    if (!unit) return node;
    take();
    node->value = years_from(token.value, *unit);
    node->time_power = 1;
    return node;
  }

  SyntaxPointer name() {
    const Token& token = take();
    if (const auto unit = time_unit(token.text)) {
      fail(token, "the unit " + quoted(token.text) + " needs a number before it", {},
           "write 1 " + std::string(time_unit_name(*unit)));
    }
    SyntaxPointer node = make(Syntax::Kind::name, token);
    if (peek().kind != TokenKind::open) return node;
    node->kind = Syntax::Kind::call;
    const Token& open = take();
    const Deeper deeper(*this);
    while (peek().kind != TokenKind::close) {
      node->children.push_back(expression(Level::ternary));
      if (peek().kind != TokenKind::comma) break;
      if (take(); peek().kind == TokenKind::close) fail(peek(), "a value is missing: found `)`");
    }
    close(open);
    return node;
  }

  SyntaxPointer parenthesis() {
    const Token& open = take();
    const Deeper deeper(*this);
    SyntaxPointer inside = expression(Level::ternary);
    close(open);
    return inside;
  }

  void close(const Token& open) {
    if (peek().kind == TokenKind::close) {
      take();
    } else if (peek().kind == TokenKind::end) {
      fail(open, "`(` is never closed");
    } else {
      fail_after_value();
    }
  }

  const std::vector<Token>& tokens_;
  Problems& problems_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

SyntaxPointer parse_syntax(const std::vector<Token>& tokens, Problems& problems) {
  try {
    return Parser(tokens, problems).run();
  } catch (const WrongSyntax&) {
    return nullptr;
  }
}

}  // namespace sojourn::expression
