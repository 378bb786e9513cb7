#include "outcomes/text.hpp"

#include <algorithm>
#include <cmath>

#include "base/number_text.hpp"
#include "base/units.hpp"

namespace sojourn::outcomes {

namespace {

bool is_whole(double value) {
  return std::abs(value - std::round(value)) < 1e-6;
}

std::string with_unit(double value, std::string_view unit) {
  const double rounded = std::round(value);
  return fixed_text(rounded, 0) + " " + std::string(unit) + (rounded == 1 ? "" : "s");
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string time_text(double years) {
  const double months = in_unit(years, TimeUnit::month), days = in_unit(years, TimeUnit::day);
  if (years > 5 && is_whole(years)) return with_unit(years, "year");
  if (years > 0 && is_whole(months)) return months > 60 ? fixed_text(years, 2) + " years" : with_unit(months, "month");
  if (is_whole(days)) return with_unit(days, "day");
  return years < 1 ? fixed_text(days, 1) + " days" : fixed_text(years, 2) + " years";
}

int decimals_for(double error) {
  if (!(error > 0) || !std::isfinite(error)) return 1;
  int decimals = 0;
  double scaled = error;
  while (scaled < 1.95 && decimals < 6) {
    scaled *= 10;
    ++decimals;
  }
  return scaled >= 19.5 && decimals > 0 ? decimals - 1 : decimals;
}

double decimal_unit(int decimals) {
  double unit = 1;
  for (int i = 0; i < decimals; ++i) unit /= 10;
  return unit;
}

std::size_t display_width(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (used > 0 && used + 1 + display_width(word) > width) {
      result += "\n  ";
      used = 2;
    } else if (used > 0) {
      result += ' ';
      ++used;
    }
    result += word;
    used += display_width(word);
    at = end + 1;
  }
  return result + "\n";
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t bytes = 0, characters = 0;
  while (bytes < text.size() && (characters + 1 < width || continues(text[bytes]))) {
    if (!continues(text[bytes])) ++characters;
    ++bytes;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

}  // namespace sojourn::outcomes
