// The expression language: text -> typed tree (parse) -> flat code (compile, with parameter values folded in) -> value.
// The grammar and the functions are in docs/language.md. Times are years, booleans 0/1, categories the level's index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"

namespace sojourn::expression {

using Levels = std::shared_ptr<const std::vector<std::string>>;

// A number carries its power of time: 0 a plain number, 1 a time, -1 a rate.
struct Type {
  enum class Kind : std::uint8_t { number, boolean, category };
  Kind kind = Kind::number;
  int time_power = 0;
  Levels levels;  // of a category; two categories are comparable when they share this pointer or have equal levels

  static Type number(int power = 0) { return {Kind::number, power, nullptr}; }
  static Type boolean() { return {Kind::boolean, 0, nullptr}; }
  static Type category(Levels levels) { return {Kind::category, 0, std::move(levels)}; }
};
[[nodiscard]] std::string describe(const Type& type);  // "a time", "a number", "a boolean", "one of none, hsct"

// The names an expression may use, as the model declares them; ids are indices into these vectors.
struct Scope {
  struct Named {
    std::string name;
    Type type;
  };
  struct Tag {
    std::string name;
    std::vector<StateId> states;
  };
  std::vector<Named> parameters;
  std::vector<Named> attributes;
  std::vector<std::string> states;
  std::vector<Tag> tags;
  std::vector<std::string> events;  // marks: states first (MarkId = StateId), then events
};

// What an expression may look at, where it stands. Using more is an error with a reason.
struct Allowed {
  bool attributes = true;
  bool history = true;       // in, visited, count
  bool time = true;          // now, time_since
  bool bare_states = false;  // state and tag names stand for in(NAME) (outcomes); then nothing else is allowed
  std::string_view why_not_attributes, why_not_history, why_not_time;  // completes "... may not be used here (WHY)"
};

// A word of the expression language or a unit of time: not to be the name of anything.
[[nodiscard]] bool is_reserved(std::string_view word);

struct Node;  // typed tree, private to this room

// A checked expression. Cheap to copy; empty when default-constructed.
class Expression {
 public:
  Expression() = default;
  explicit Expression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  static Expression constant(double value, Type type = Type::number());
  [[nodiscard]] explicit operator bool() const { return root_ != nullptr; }
  [[nodiscard]] const Type& type() const;
  [[nodiscard]] const Node& root() const { return *root_; }
  [[nodiscard]] std::vector<ParameterId> parameters_used() const;  // sorted, once each
  [[nodiscard]] std::vector<AttributeId> attributes_used() const;
  [[nodiscard]] std::vector<std::int32_t> levels_named() const;  // of a category: by index, sorted, once each

 private:
  std::shared_ptr<const Node> root_;
};

// What is wrong at one place; problems come sorted by place, at most 100 of them.
struct ExpressionProblem {
  std::size_t offset = 0;  // byte in the text
  std::string problem, why, hint;
};

// `expected`: the type it must have; a category's levels resolve bare level names. Limits: 64 kB of text, nesting 200.
using ParseResult = std::variant<Expression, std::vector<ExpressionProblem>>;
[[nodiscard]] ParseResult parse(std::string_view text, const Scope& scope, const std::optional<Type>& expected,
                                const Allowed& allowed);

// Where an instruction finds a value: bank in the two high bits, position within it below.
enum class Bank : std::uint8_t { registers, constants, attributes };
using Operand = std::uint32_t;
[[nodiscard]] constexpr Operand operand(Bank bank, std::size_t position) {
  return (static_cast<Operand>(bank) << 30U) | static_cast<Operand>(position);
}
[[nodiscard]] constexpr Bank bank_of(Operand o) {
  return static_cast<Bank>(o >> 30U);
}
[[nodiscard]] constexpr std::uint32_t position_of(Operand o) {
  return o & 0x3fff'ffffU;
}

// One step of compiled code: registers[target] = op(a, b, c).
struct Instruction {
  std::uint8_t op = 0;
  std::uint8_t target = 0;
  Operand a = 0, b = 0, c = 0;
  std::int32_t index = 0;  // of a state set or a mark

  friend bool operator==(const Instruction&, const Instruction&) = default;
};

struct Dependencies {
  std::vector<AttributeId> attributes;  // sorted, once each
  bool state = false;                   // in()
  std::vector<MarkId> marks;            // visited, count, time_since
  bool time = false;                    // now, time_since
};

// Flat code for one expression with parameters folded in. The last instruction's target holds the value. Both sides of
// `and`, `or` and `? :` are computed and one is selected: no branch on data.
struct Code {
  std::vector<Instruction> instructions;
  std::vector<double> constants;
  std::vector<std::uint64_t> state_sets;  // bit s of word s/64: words_per_set each, for in()
  std::uint32_t words_per_set = 1;
  Dependencies dependencies;
  bool constant = true;  // then `value` is all there is
  double value = 0;
  std::int32_t only_attribute = -1;  // the code is this attribute and no more
};

// parameter_values[p] for each ParameterId.
[[nodiscard]] Code compile(const Expression& expression, std::span<const double> parameter_values, std::size_t states);

// What code sees of a patient. Spans may be empty where the expression was not allowed to look.
struct Context {
  std::span<const double> attributes;
  std::int32_t state = -1;
  double now = 0;                        // [years]
  std::span<const double> latest;        // by mark: time of latest occurrence [years], NaN before
  std::span<const std::uint32_t> count;  // by mark
};

[[nodiscard]] double evaluate_code(const Code& code, const Context& context);

[[nodiscard]] inline double evaluate(const Code& code, const Context& context) {
  if (code.constant) return code.value;
  if (code.only_attribute >= 0) return context.attributes[static_cast<std::size_t>(code.only_attribute)];
  return evaluate_code(code, context);
}

}  // namespace sojourn::expression
