// What multiplies a hazard, a cost or a quality weight: an expression, or numbers that are constant on intervals of a
// clock.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "expression/expression.hpp"

namespace sojourn::model {

using expression::Expression;

struct Clock {
  enum class Kind : std::uint8_t { reset, forward, since, age, calendar };
  Kind kind = Kind::reset;
  MarkId mark;         // of `since`
  bool first = false;  // since the first occurrence; otherwise the latest
};

struct Piecewise {
  Clock clock;
  std::vector<Expression> times, values;  // over parameters only; values.size() == times.size() + 1
};
using Factor = std::variant<Expression, Piecewise>;

}  // namespace sojourn::model
