#include "example.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace sojourn::expression::testing {

namespace {

Levels levels(std::vector<std::string> names) {
  return std::make_shared<const std::vector<std::string>>(std::move(names));
}

std::string line(const ExpressionProblem& problem) {
  std::string text = std::to_string(problem.offset);
  text.append(": ").append(problem.problem);
  if (!problem.why.empty()) text.append(" (").append(problem.why).append(")");
  if (!problem.hint.empty()) text.append("; ").append(problem.hint);
  return text;
}

}  // namespace

const Scope& scope() {
  static const Scope example = {
      {{"hr", Type::number()}, {"wait", Type::number(1)}, {"rate", Type::number(-1)}, {"p", Type::number()}},
      {{"age", Type::number(1)},
       {"burden", Type::number()},
       {"sex", Type::category(levels({"female", "male"}))},
       {"site", Type::category(levels({"none", "marrow", "cns"}))},
       {"frail", Type::boolean()},
       {"grade", Type::number()},
       {"plan", Type::category(levels({"none", "hsct", "blinatumomab"}))}},
      {"infused", "remission", "hsct", "relapsed", "dead"},
      {{"event_free", {StateId{0}, StateId{1}, StateId{2}}},
       {"alive", {StateId{0}, StateId{1}, StateId{2}, StateId{3}}},
       {"nothing", {}}},
      {"icans", "recovery"}};
  return example;
}

const std::vector<double>& parameter_values() {
  static const std::vector<double> values = {0.25, 69 / 365.25, 0.1, 0.3};
  return values;
}

Expression good(std::string_view text, const std::optional<Type>& expected, const Allowed& allowed) {
  const ParseResult result = parse(text, scope(), expected, allowed);
  if (const auto* wrong = std::get_if<std::vector<ExpressionProblem>>(&result)) {
    ADD_FAILURE() << text.substr(0, 200) << "\n" << line(wrong->front());
    return Expression::constant(std::numeric_limits<double>::quiet_NaN());
  }
  return std::get<Expression>(result);
}

std::string problems(std::string_view text, const std::optional<Type>& expected, const Allowed& allowed) {
  const ParseResult result = parse(text, scope(), expected, allowed);
  std::string lines;
  if (const auto* wrong = std::get_if<std::vector<ExpressionProblem>>(&result)) {
    for (const ExpressionProblem& problem : *wrong) lines.append(lines.empty() ? "" : "\n").append(line(problem));
  }
  return lines;
}

Code compiled(std::string_view text, const std::optional<Type>& expected) {
  return compile(good(text, expected), parameter_values(), scope().states.size());
}

Patient::Patient() {
  const double never = std::numeric_limits<double>::quiet_NaN();
  latest = {0, 0.25, never, never, never, 0.125, never};
}

double value(std::string_view text, const Patient& patient, const std::optional<Type>& expected) {
  return evaluate(compiled(text, expected), patient.context());
}

}  // namespace sojourn::expression::testing
