#include "outcomes/measured.hpp"

#include "base/number_text.hpp"
#include "base/units.hpp"

namespace sojourn::outcomes {

Measured measured(std::string_view text) {
  const std::size_t end = text.find_first_of(" %");
  const ParsedNumber number = parse_number(text.substr(0, end));
  if (!number) return {};
  Measured made{*number.value, "", true};
  const std::string_view unit = end == std::string_view::npos ? "" : text.substr(end);
  const std::size_t first = unit.find_first_not_of(" \t");
  if (first == std::string_view::npos) return made;
  made.unit = unit.substr(first, unit.find_last_not_of(" \t") - first + 1);
  if (made.unit == "%") {
    made.value /= 100;
    made.unit = "1";
  } else if (const auto time = time_unit(made.unit)) {
    made.value = years_from(made.value, *time);
    made.unit = "years";
  }
  return made;
}

}  // namespace sojourn::outcomes
