// An expression, a distribution, a clock, ... of a random model: text in which each `$` stands for one of its parts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::engine::testing {

enum class Sort : std::uint8_t { number, boolean, time, rate, category, clock, factor, distribution, draw };

struct Term {
  Sort sort = Sort::number;
  std::string text;
  std::vector<Term> parts = {};
  std::vector<std::string> names = {};  // states, tags, events, attributes, parameters that the text itself mentions
  std::string simplest = {};            // of its sort, in this place; empty: what simplest_of(sort) says
};

[[nodiscard]] std::string simplest_of(Sort sort);
[[nodiscard]] Term simplified(const Term& term);
[[nodiscard]] bool is_expression(Sort sort);
[[nodiscard]] bool mentions(const Term& term, const std::string& name);
// Parts that mention the name become as simple as can be.
void forget(Term& term, const std::string& name);

// As it stands in YAML: expressions in quotation marks.
[[nodiscard]] std::string yaml(const Term& term);

[[nodiscard]] Term number_term(double value);   // to three digits
[[nodiscard]] Term time_term(double years);     // in years, to nine digits
[[nodiscard]] Term rate_term(double per_year);  // to three digits
[[nodiscard]] std::string number_to(double value, int digits);

}  // namespace sojourn::engine::testing
