// Units of time. 1 year = 365.25 days, 1 week = 7 days, 1 month = year/12; inside the program all times are years and
// all rates per year. One conversion for everybody, so that equal texts are equal bits: 4 weeks = 28 days exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sojourn {

enum class TimeUnit : std::uint8_t { day, week, month, year };

// Two for each unit, in order.
inline constexpr std::string_view time_unit_words[] = {"day",   "days",   "week", "weeks",
                                                       "month", "months", "year", "years"};

// `day`, `days`, ..., `year`, `years`; no abbreviations, lower case.
[[nodiscard]] std::optional<TimeUnit> time_unit(std::string_view word);
[[nodiscard]] std::string_view time_unit_name(TimeUnit unit);  // singular

// `value` units in years: value / 365.25, (value * 7) / 365.25, value / 12, value. Each operation rounds once.
[[nodiscard]] double years_from(double value, TimeUnit unit);

// `value` per unit, per year: value * 365.25, (value * 365.25) / 7, value * 12, value.
[[nodiscard]] double per_year_from(double value, TimeUnit unit);

// `years` in the unit, for display.
[[nodiscard]] double in_unit(double years, TimeUnit unit);

}  // namespace sojourn
