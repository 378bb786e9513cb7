#include "report/packed.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

namespace sojourn::report {

namespace {

// The nearest float that has the sign of the number: what is not 0 does not become 0 or infinite.
float nearest(double number) {
  if (std::isnan(number)) return std::numeric_limits<float>::quiet_NaN();
  if (number == 0) return 0;
  constexpr double least = std::numeric_limits<float>::denorm_min(), most = std::numeric_limits<float>::max();
  return static_cast<float>(std::copysign(std::clamp(std::abs(number), least, most), number));
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t here = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      word = word << 8 | (k < here ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) text += k <= here ? letters[word >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace

std::string packed(std::span<const double> numbers) {
  std::string bytes;
  bytes.reserve(4 * numbers.size());
  for (const double one : numbers) {
    const auto bits = std::bit_cast<std::uint32_t>(nearest(one));
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 255U);
  }
  return base64(bytes);
}

}  // namespace sojourn::report
