// The laws that the property tests run over: for every family of the list some chosen points of its parameters, or, for
// a family without chosen points, a few made from the bounds of its parameters. What is added to the list is tested.
// After them the same once more, compiled, of every family that can be.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "distributions/law.hpp"

namespace sojourn::test {

struct Case {
  std::string family;
  std::vector<double> values;         // of the family's first form
  std::vector<double> breaks, rates;  // of families given by a table; a spline's knots and gammas, a curve's points
  std::vector<double> storage;        // behind the law
  std::vector<Case> classes;          // of a mixture or truncation
  std::vector<distributions::Law> parts;
  bool compiled = false;  // then the storage is its tables, and its part the exact law
  distributions::Law law;

  [[nodiscard]] std::string label() const;
};

[[nodiscard]] const std::vector<Case>& all_cases();

// The case with tables for both directions; nothing where none can be made.
[[nodiscard]] std::optional<Case> compiled_case(const Case& exact);

template <class Predicate>
[[nodiscard]] std::vector<Case> cases_where(Predicate holds) {
  std::vector<Case> chosen;
  for (const Case& one : all_cases()) {
    if (holds(one)) chosen.push_back(one);
  }
  return chosen;
}

inline std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.label();
}

// The name of a parameterised test
inline std::string case_name(const testing::TestParamInfo<Case>& tested) {
  return (tested.param.compiled ? "compiled_" : "") + tested.param.family + std::to_string(tested.index);
}

}  // namespace sojourn::test
