// The `unit` of a parameter: what its plain numbers are written in, so that {value: 9, unit: months} is 9 months and
// {value: 0.3, unit: per year} is 0.3 per year, to the last bit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.hpp"
#include "expression/expression.hpp"

namespace sojourn::model {

struct ParameterUnit {
  std::string text;                // as it is written
  std::optional<TimeUnit> time{};  // none: `1`, a plain number
  bool per = false;

  [[nodiscard]] expression::Type type() const { return expression::Type::number(!time ? 0 : per ? -1 : 1); }
  [[nodiscard]] bool operator==(const ParameterUnit& other) const { return time == other.time && per == other.per; }
};

// One of shapes::parameter_units.
[[nodiscard]] std::optional<ParameterUnit> parameter_unit(std::string_view text);

// The unit of a number with a unit and nothing else: months of `9 months`, per year of `0.3 per year` or `0.3 / year`.
[[nodiscard]] std::optional<ParameterUnit> unit_of_number(std::string_view text);

[[nodiscard]] bool is_plain_number(std::string_view text);

// A number or an expression in the unit, as an expression: `9 months`.
[[nodiscard]] std::string with_unit(std::string_view value, const ParameterUnit& unit);

}  // namespace sojourn::model
