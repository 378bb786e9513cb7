// Numbers and columns as people read them: digits by the error, times in the unit that fits, widths in characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::outcomes {

// `12 months`, `28 days`, `20 years`: the first unit in which the time is a whole number (months up to 60).
[[nodiscard]] std::string time_text(double years);

// Decimals that show one digit of an error, two if the first is a 1; 0..6.
[[nodiscard]] int decimals_for(double error);
[[nodiscard]] double decimal_unit(int decimals);  // 10^-decimals

[[nodiscard]] std::size_t display_width(std::string_view utf8);  // in characters
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);  // with … where something is cut
// Broken at spaces, later lines indented by two; ends in a newline.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width);

}  // namespace sojourn::outcomes
