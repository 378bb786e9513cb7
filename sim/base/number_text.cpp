#include "base/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/similar.hpp"

namespace sojourn {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// The end of the longest decimal number at the beginning of `text`; 0 if there is none.
std::size_t decimal_end(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = skip_digits(text, at) - at;
  at += whole;
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    fraction = skip_digits(text, at + 1) - at - 1;
    if (whole + fraction > 0) at += 1 + fraction;
  }
  if (whole + fraction == 0) return 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '-' || text[exponent] == '+')) ++exponent;
    if (skip_digits(text, exponent) > exponent) at = skip_digits(text, exponent);
  }
  return at;
}

ParsedNumber refuse(std::size_t offset, std::string why, std::string hint = {}) {
  return {std::nullopt, std::move(why), std::move(hint), offset};
}

std::string without(std::string_view text, char unwanted) {
  std::string out(text);
  out.erase(std::remove(out.begin(), out.end(), unwanted), out.end());
  return out;
}

// Why text without a decimal number at its beginning is refused.
ParsedNumber refuse_start(std::string_view text, std::size_t sign) {
  if (text.empty()) return refuse(0, "it is empty");
  const std::string word = lower_case(text.substr(sign));
  if (word == ".inf" || word == "inf" || word == "infinity") return refuse(0, "infinity is not a value");
  if (word == ".nan" || word == "nan" || word == "na") return refuse(0, "\"not a number\" is not a value");
  if (text.front() == ' ' || text.front() == '\t') return refuse(0, "it begins with a space");
  return refuse(0, "it does not begin with a digit");
}

// Why a decimal number with something behind it is refused.
ParsedNumber refuse_rest(std::string_view text, std::size_t end, std::size_t sign) {
  const char next = text[end];
  const std::string_view number = text.substr(0, end);
  if (end == sign + 1 && text[sign] == '0' && is_letter(next)) {
    const char base = lower_case(text.substr(end, 1)).front();
    if (base == 'x') return refuse(0, "hexadecimal notation", "write it in decimal");
    if (base == 'o') return refuse(0, "octal notation", "write it in decimal");
    if (base == 'b') return refuse(0, "binary notation", "write it in decimal");
  }
  if (next == '_') return refuse(end, "digits are grouped with `_`", "write " + without(text, '_'));
  if (next == '\'') return refuse(end, "digits are grouped with `'`", "write " + without(text, '\''));
  if (next == ',') return refuse(end, "it holds a comma", "write a decimal point, and no thousands separators");
  if (next == '%') {
    const ParsedNumber percent = parse_number(number);
    return refuse(end, "percent signs are not understood",
                  percent ? "write " + number_text(*percent.value / 100) : std::string());
  }
  if (next == '.') return refuse(end, "it has a second decimal point or one in the exponent");
  if (next == 'e' || next == 'E') return refuse(end, "the exponent has no digits");
  return refuse(end, "something follows the number " + std::string(number.substr(0, 40)));
}

std::string out_of_range(std::string_view text, std::size_t sign) {
  const std::size_t e = text.find_first_of("eE");
  const bool tiny = e != std::string_view::npos ? text[e + 1] == '-' : text.substr(sign, 1) == "0" || text[sign] == '.';
  return tiny ? "it is too close to 0: the smallest is 5e-324" : "it is too large: the largest is 1.8e308";
}

template <class... Format>
std::string chars(double value, Format... format) {
  std::array<char, 400> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
  return std::string(buffer.data(), result.ptr);
}

}  // namespace

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  return chars(value);
}

std::string json_number(double value) {
  return std::isfinite(value) ? chars(value) : "null";
}

void append_csv_number(std::string& to, double value) {
  if (std::isnan(value)) return;
  if (std::isinf(value)) {
    to += value < 0 ? "-Inf" : "Inf";
    return;
  }
  std::array<char, 32> buffer;  // the longest shortest text has 24 characters
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  to.append(buffer.data(), result.ptr);
}

void append_csv_number(std::string& to, std::int64_t value) {
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  to.append(buffer.data(), result.ptr);
}

std::string csv_number(double value) {
  std::string text;
  append_csv_number(text, value);
  return text;
}

std::string fixed_text(double value, int decimals) {
  if (std::isnan(value)) return "-";
  if (!(std::fabs(value) < 1e15)) return number_text(value);
  std::string text = chars(value, std::chars_format::fixed, std::clamp(decimals, 0, 17));
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

ParsedNumber parse_number(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t end = decimal_end(text);
  if (end == 0) return refuse_start(text, sign);
  if (end < text.size()) return refuse_rest(text, end, sign);
  if (end > sign + 1 && text[sign] == '0' && is_digit(text[sign + 1])) {
    const std::size_t first = std::min(text.find_first_not_of('0', sign), text.size());
    const bool needs_zero = first == text.size() || !is_digit(text[first]);
    return refuse(
        sign, "a leading zero, which some programs read as octal",
        "write " + std::string(text.substr(0, sign)) + std::string(text.substr(first - (needs_zero ? 1 : 0))));
  }
  const std::size_t skip = text[0] == '+' ? 1 : 0;
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data() + skip, text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return refuse(0, out_of_range(text, sign));
  if (error != std::errc() || stop != text.data() + text.size()) return refuse(0, "it is not a decimal number");
  return {value, {}, {}, 0};
}

}  // namespace sojourn
