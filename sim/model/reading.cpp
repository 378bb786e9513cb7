#include "model/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/number_text.hpp"
#include "model/include.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t enough_problems = 300;  // after these, expressions are no longer looked at

constexpr std::string_view of_parameters = "only parameters, because it is fixed before the patients are made";
constexpr std::string_view at_the_start = "attributes are drawn at the start, before anything has happened";
constexpr std::string_view hazards = "a hazard must not change continuously; use piecewise";
constexpr std::string_view at_risk = "it is taken when the patient comes at risk and then fixed";
constexpr std::string_view of_time = "what time is worth must not change continuously; use piecewise";
constexpr std::string_view of_states = "only states and tags";

bool constant_type(const Type& a, const Type& b) {
  return a.kind == b.kind && a.time_power == b.time_power;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > i && is_letter(text[i])) found.emplace_back(text.substr(i, end - i));
    i = end == i ? i + 1 : end;
  }
  return found;
}

const Allowed parameters_only{false, false, false, false, of_parameters, of_parameters, of_parameters};
const Allowed drawn_at_start{true, false, false, false, "", at_the_start, at_the_start};
const Allowed in_a_hazard{true, true, false, false, "", "", hazards};
const Allowed at_risk_entry{true, true, false, false, "", "", at_risk};
const Allowed over_time{true, true, false, false, "", "", of_time};
const Allowed at_an_instant{true, true, true, false, "", "", ""};
const Allowed states_and_tags{false, false, false, true, of_states, of_states, of_states};

bool is_probability(double value) {
  return value >= 0 && value <= 1;
}
bool is_positive(double value) {
  return value > 0;
}
bool is_not_negative(double value) {
  return value >= 0;
}

std::string shown(double value, const Type& type) {
  if (type.kind == Type::Kind::boolean) return value != 0 ? "true" : "false";
  char buffer[32];
  const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::general, 9);
  std::string number = std::isfinite(value) && error == std::errc() ? std::string(buffer, end) : number_text(value);
  if (type.kind != Type::Kind::number || type.time_power == 0) return number;
  return number + (type.time_power == 1 ? " years" : type.time_power == -1 ? " per year" : "");
}

std::string counted(std::size_t number, const std::string& word) {
  return std::to_string(number) + " " + word + (number == 1 ? "" : "s");
}

bool same_type(const Type& a, const Type& b) {
  if (!constant_type(a, b)) return false;
  if (a.kind != Type::Kind::category || a.levels == b.levels) return true;
  return a.levels && b.levels && *a.levels == *b.levels;
}

Type category_of(std::vector<std::string> levels) {
  return Type::category(std::make_shared<const std::vector<std::string>>(std::move(levels)));
}

std::optional<Expression> Reading::expression(const Item& item, const std::optional<Type>& expected,
                                              const Allowed& allowed) {
  if (!item || source.problems().size() > enough_problems) return std::nullopt;
  if (!item.is(config::Node::Kind::scalar)) {
    const bool map = item.is(config::Node::Kind::mapping);
    source.add(item, "expected an expression, found " + config::describe(*item.node), "",
               map ? "put an expression with ':' in quotes" : "");
    return std::nullopt;
  }
  const bool named_level =
      expected && expected->levels && !item.node->text.empty() &&
      std::find(expected->levels->begin(), expected->levels->end(), item.node->text) != expected->levels->end();
  if (!named_level && !source.plain_value(item)) return std::nullopt;
  auto result = expression::parse(item.node->text, scope, expected, allowed);
  if (auto* made = std::get_if<Expression>(&result)) return std::move(*made);
  if (mentions_unclear(item.node->text)) return std::nullopt;
  for (auto& one : std::get<std::vector<expression::ExpressionProblem>>(result)) {
    explain(item.node->text, one);
    source.add_at_offset(item, one.offset, std::move(one.problem), std::move(one.why), std::move(one.hint));
  }
  return std::nullopt;
}

bool Reading::mentions_unclear(std::string_view text) {
  if (unclear.empty()) return false;
  const std::vector<std::string> mentioned = words_of(text);
  return std::ranges::any_of(mentioned, [this](const std::string& word) { return is_unclear(word); });
}

// A name that comes later in the file is not a misspelt one.
void Reading::explain(std::string_view text, expression::ExpressionProblem& problem) const {
  if (drawn_later.empty() || problem.offset >= text.size()) return;
  const auto begin = text.begin() + static_cast<std::ptrdiff_t>(problem.offset);
  const std::string word(begin, std::find_if_not(begin, text.end(), is_word));
  if (!drawn_later.contains(word)) return;
  problem.why = "it is drawn later: an attribute may use earlier ones only";
  problem.hint = "move it up";
}

std::optional<Expression> Reading::expression(std::string_view text, const Location& at, const std::string& path,
                                              const std::optional<Type>& expected, const Allowed& allowed) {
  auto result = expression::parse(text, scope, expected, allowed);
  if (auto* made = std::get_if<Expression>(&result)) return std::move(*made);
  if (mentions_unclear(text)) return std::nullopt;
  for (auto& one : std::get<std::vector<expression::ExpressionProblem>>(result)) {
    source.problems().add({at, path, std::move(one.problem), std::move(one.why), std::move(one.hint)});
  }
  return std::nullopt;
}

std::optional<double> Reading::constant_time(const Item& item) {
  if (!item || source.problems().size() > enough_problems) return std::nullopt;
  if (!item.is(config::Node::Kind::scalar)) {
    source.add(item, "expected a time, found " + config::describe(*item.node), "", "write e.g. 6 months");
    return std::nullopt;
  }
  const auto written = expression::parse(item.node->text, {}, Type::number(1), parameters_only);
  if (const auto* time = std::get_if<Expression>(&written)) return value(*time, {});
  expression::Scope none;  // for the message
  none.parameters = scope.parameters;
  const auto made = expression(item, Type::number(1), parameters_only);
  if (!made) return std::nullopt;
  if (!made->parameters_used().empty()) {
    source.add(item, "a parameter may not be used here", "it must be the same under every strategy", "write the time");
    return std::nullopt;
  }
  return value(*made, {});
}

std::string Reading::path_of(const Item& item, const std::string& name) const {
  return path_beside(source.document().owner(*item.node).folder, name);
}

std::optional<double> Reading::value(const Expression& expression, const Values& values) const {
  if (!expression.attributes_used().empty()) return std::nullopt;
  for (const ParameterId used : expression.parameters_used()) {
    if (used.index() >= values.parameters.size()) return std::nullopt;
  }
  const auto code = expression::compile(expression, values.parameters, scope.states.size());
  return code.constant ? std::optional(code.value) : std::nullopt;
}

void Reading::rule(const std::vector<const Expression*>& over, std::function<void(const Values&)> check) {
  ValueRule made;
  for (const Expression* one : over) {
    if (one == nullptr || !*one) continue;
    const auto used = one->parameters_used();
    made.uses.insert(made.uses.end(), used.begin(), used.end());
  }
  std::sort(made.uses.begin(), made.uses.end());
  made.uses.erase(std::unique(made.uses.begin(), made.uses.end()), made.uses.end());
  made.check = std::move(check);
  rules.push_back(std::move(made));
}

void Reading::report(const Item& item, const Values& values, std::string problem, std::string hint) const {
  source.add(item, std::move(problem), values.under, std::move(hint));
}

void Reading::require(const Expression& expression, const Item& item, bool (*holds)(double), std::string must) {
  rule({&expression}, [this, expression, item, holds, must = std::move(must)](const Values& values) {
    const auto found = value(expression, values);
    if (found && !holds(*found))
      report(item, values, "the value is " + shown(*found, expression.type()) + ", but must be " + must);
  });
}

}  // namespace sojourn::model
