// What every text file must be before it is parsed: UTF-8, without control characters, within the limits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace sojourn::config {

constexpr std::size_t file_limit = 16u << 20;  // [bytes]
constexpr std::size_t line_limit = 64u << 10;  // [bytes]
constexpr std::size_t mark_limit = 1'000'000;  // of the characters []{},&*!"' (each may cost the parser a token)
constexpr int depth_limit = 100;
constexpr std::size_t node_limit = 2'000'000;

// Byte offsets at which lines begin; line breaks are \n or \r\n.
[[nodiscard]] std::vector<std::size_t> find_lines(std::string_view text);

// Adds the first problem found (one is enough: a binary file would have thousands); true if there is none.
// `yaml`: tabs are refused outside comments, and the limits on lines and marks hold.
[[nodiscard]] bool check_text(const std::string& file, std::string_view text, bool yaml, Diagnostics& problems);

}  // namespace sojourn::config
