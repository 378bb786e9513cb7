#include "base/units.hpp"

namespace sojourn {

std::optional<TimeUnit> time_unit(std::string_view word) {
  if (word == "day" || word == "days") return TimeUnit::day;
  if (word == "week" || word == "weeks") return TimeUnit::week;
  if (word == "month" || word == "months") return TimeUnit::month;
  if (word == "year" || word == "years") return TimeUnit::year;
  return std::nullopt;
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
