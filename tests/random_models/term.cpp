#include "random_models/term.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/number_text.hpp"

namespace sojourn::engine::testing {

namespace {

// The parts of an expression are expressions and stand as they are; elsewhere they are values of YAML.
std::string filled(const Term& term, bool inside) {
  std::string made;
  std::size_t next = 0;
  for (const char c : term.text) {
    if (c != '$') {
      made += c;
      continue;
    }
    const Term& part = term.parts.at(next++);
    made += inside ? filled(part, true) : yaml(part);
  }
  return made;
}

}  // namespace

std::string simplest_of(Sort sort) {
  switch (sort) {
    case Sort::number:
      return "1";
    case Sort::boolean:
      return "true";
    case Sort::time:
      return "1 year";
    case Sort::rate:
      return "1 per year";
    case Sort::clock:
      return "reset";
    case Sort::distribution:
      return "exponential: {rate: 1 per year}";
    case Sort::draw:
      return "value: 1";
    case Sort::category:
    case Sort::factor:
      break;
  }
  return "1";
}

Term simplified(const Term& term) {
  return {term.sort, term.simplest.empty() ? simplest_of(term.sort) : term.simplest, {}, {}, term.simplest};
}

bool is_expression(Sort sort) {
  return sort <= Sort::category;
}

bool mentions(const Term& term, const std::string& name) {
  return std::ranges::count(term.names, name) > 0 ||
         std::ranges::any_of(term.parts, [&](const Term& part) { return mentions(part, name); });
}

void forget(Term& term, const std::string& name) {
  if (std::ranges::count(term.names, name) > 0) {
    term = simplified(term);
  } else {
    for (Term& part : term.parts) forget(part, name);
  }
}

std::string yaml(const Term& term) {
  if (!is_expression(term.sort)) return filled(term, false);
  return '"' + filled(term, true) + '"';
}

std::string number_to(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return number_text(std::strtod(text, nullptr));
}

Term number_term(double value) {
  return {Sort::number, number_to(value, 3)};
}
Term time_term(double years) {
  return {Sort::time, number_to(years, 9) + " years"};
}
Term rate_term(double per_year) {
  return {Sort::rate, number_to(per_year, 3) + " per year"};
}

}  // namespace sojourn::engine::testing
