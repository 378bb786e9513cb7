#include "model/parameter_unit.hpp"

#include "base/number_text.hpp"

namespace sojourn::model {

std::optional<ParameterUnit> parameter_unit(std::string_view text) {
  ParameterUnit unit{std::string(text)};
  if (text == "1") return unit;
  unit.per = text.starts_with("per ");
  unit.time = time_unit(text.substr(unit.per ? 4 : 0));
  if (!unit.time || (unit.per && text.ends_with('s'))) return std::nullopt;
  return unit;
}

bool is_plain_number(std::string_view text) {
  return static_cast<bool>(parse_number(text));
}

std::optional<ParameterUnit> unit_of_number(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || !is_plain_number(text.substr(0, space))) return std::nullopt;
  std::string_view unit = text.substr(space + 1);
  const bool slash = unit.starts_with("/ ");
  if (slash) unit.remove_prefix(2);
  const auto found = parameter_unit(slash ? "per " + std::string(unit) : std::string(unit));
  return found && found->time ? found : std::nullopt;
}

std::string with_unit(std::string_view value, const ParameterUnit& unit) {
  if (!unit.time) return std::string(value);
  if (is_plain_number(value)) return std::string(value) + " " + unit.text;
  return "(" + std::string(value) + ") * (1 " + unit.text + ")";
}

}  // namespace sojourn::model
