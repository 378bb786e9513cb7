// UTF-8, character by character, and which characters do something to a terminal instead of showing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn {

// The length of the character that begins at `at`, 0 if the bytes there are none (overlong forms, surrogates and what
// lies beyond U+10FFFF are none).
[[nodiscard]] constexpr std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const unsigned first = byte(0), second = byte(1);
  if (at >= text.size()) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool fits = second >= (first == 0xE0 ? 0xA0u : 0x80u) && second <= (first == 0xED ? 0x9Fu : 0xBFu);
    return fits && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool fits = second >= (first == 0xF0 ? 0x90u : 0x80u) && second <= (first == 0xF4 ? 0x8Fu : 0xBFu);
    return fits && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

// The number of a whole character.
[[nodiscard]] constexpr std::uint32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0);
  std::uint32_t value = byte(0) & (0x7Fu >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) value = value << 6u | (byte(i) & 0x3Fu);
  return value;
}

// Control characters, separators of lines, and what turns the direction of the text around it.
[[nodiscard]] constexpr bool is_control(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// Not to be seen, or not to be told from a blank: no-break and other wide or narrow spaces, soft hyphen, joiners,
// marks.
[[nodiscard]] constexpr bool is_invisible(std::uint32_t c) {
  return is_control(c) || c == 0xA0 || c == 0xAD || c == 0x61C || c == 0x1680 || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x202F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

// U+0455: so that letters that look alike can be told apart.
[[nodiscard]] inline std::string code_name(std::uint32_t c) {
  std::string name = "U+";
  for (int shift = c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) name += "0123456789ABCDEF"[c >> shift & 15u];
  return name;
}

}  // namespace sojourn
