// A small model's names, and short ways to parse, compile and evaluate in tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/expression.hpp"

namespace sojourn::expression::testing {

// parameters: hr 0.25, wait 69 days, rate 0.1 per year, p 0.3
// attributes: age (time), burden, sex, site, frail (boolean), grade, plan
// states: infused remission hsct relapsed dead; tags: event_free, alive, nothing; events: icans, recovery
const Scope& scope();
const std::vector<double>& parameter_values();

// Fails the test if there are problems.
Expression good(std::string_view text, const std::optional<Type>& expected = std::nullopt, const Allowed& allowed = {});
// The problems, one a line: `offset: problem (why); hint`; "" if there are none.
std::string problems(std::string_view text, const std::optional<Type>& expected = std::nullopt,
                     const Allowed& allowed = {});
Code compiled(std::string_view text, const std::optional<Type>& expected = std::nullopt);

// One patient: 10 years old, burden 0.5, male, site cns, frail, grade 3, plan hsct; in remission (infused at 0, in
// remission at 0.25), had icans twice, the latest at 0.125; now 1 year.
struct Patient {
  std::vector<double> attributes = {10, 0.5, 1, 2, 1, 3, 1};
  std::int32_t state = 1;
  double now = 1;
  std::vector<double> latest;
  std::vector<std::uint32_t> count = {1, 1, 0, 0, 0, 2, 0};
  Patient();
  [[nodiscard]] Context context() const { return {attributes, state, now, latest, count}; }
};
double value(std::string_view text, const Patient& patient = {}, const std::optional<Type>& expected = std::nullopt);

}  // namespace sojourn::expression::testing
