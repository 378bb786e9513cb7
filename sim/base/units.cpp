#include "base/units.hpp"

#include <algorithm>

namespace sojourn {

std::optional<TimeUnit> time_unit(std::string_view word) {
  const auto* found = std::find(std::begin(time_unit_words), std::end(time_unit_words), word);
  if (found == std::end(time_unit_words)) return std::nullopt;
  return static_cast<TimeUnit>((found - std::begin(time_unit_words)) / 2);
}

std::string_view time_unit_name(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::day:
      return "day";
    case TimeUnit::week:
      return "week";
    case TimeUnit::month:
      return "month";
    case TimeUnit::year:
      break;
  }
  return "year";
}

double years_from(double value, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::day:
      return value / 365.25;
    case TimeUnit::week:
      return value * 7 / 365.25;
    case TimeUnit::month:
      return value / 12;
    case TimeUnit::year:
      break;
  }
  return value;
}

double per_year_from(double value, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::day:
      return value * 365.25;
    case TimeUnit::week:
      return value * 365.25 / 7;
    case TimeUnit::month:
      return value * 12;
    case TimeUnit::year:
      break;
  }
  return value;
}

double in_unit(double years, TimeUnit unit) {
  return per_year_from(years, unit);
}

}  // namespace sojourn
