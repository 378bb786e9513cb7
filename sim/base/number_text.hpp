// Numbers as text and back, the same on every machine and in every locale: the shortest decimal text that reads back
// to the same double (std::to_chars), and a strict reader that says why it refuses (010, 1_000, 0x1F, .inf, 1e400).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn {

// Shortest round-trip text; `nan`, `inf`, `-inf` where there is no number (for messages only).
[[nodiscard]] std::string number_text(double value);
// The same for JSON: what is not finite is `null`.
[[nodiscard]] std::string json_number(double value);
// The same for CSV: NaN is the empty cell; infinities are `Inf` and `-Inf`, as R and pandas read them.
[[nodiscard]] std::string csv_number(double value);
void append_csv_number(std::string& to, double value);
void append_csv_number(std::string& to, std::int64_t value);
// For tables on a terminal: `decimals` (0..17) digits after the point, never `-0.00`; NaN is `-`. Beyond 1e15 in
// magnitude the shortest text instead.
[[nodiscard]] std::string fixed_text(double value, int decimals);

// What came of reading a number: a value, or why not.
struct ParsedNumber {
  std::optional<double> value;
  std::string why;         // of a refusal, e.g. "a leading zero means octal elsewhere"
  std::string hint;        // optional, e.g. "write 10"
  std::size_t offset = 0;  // byte where the refusal begins
  [[nodiscard]] explicit operator bool() const { return value.has_value(); }
};

// The whole of `text` as a decimal number: sign, digits with one point, exponent; nothing else, no spaces. Always
// finite.
[[nodiscard]] ParsedNumber parse_number(std::string_view text);

}  // namespace sojourn
