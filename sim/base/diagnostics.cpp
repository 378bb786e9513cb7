#include "base/diagnostics.hpp"

#include <algorithm>
#include <tuple>

namespace sojourn {

namespace {

constexpr std::size_t quoted_characters = 60;

// Bytes of the UTF-8 character that begins at `at`, or 0 if there is none.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned second = byte(at + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);  // surrogates, > U+10FFFF
  return overlong || beyond ? 0 : length;
}

void append_escaped(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\x";
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

// One line of valid UTF-8: control characters and stray bytes as \n, \t or \xNN.
std::string one_line(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == limit) return out + "...";
    const std::size_t length = character_length(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (length == 0 || byte < 0x20 || byte == 0x7F) {
      append_escaped(out, byte);
    } else {
      out += text.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

std::string line_of(const Problem& problem) {
  std::string line = problem.at.file;
  if (problem.at.line > 0) {
    line += line.empty() ? "line " : ":";
    line += std::to_string(problem.at.line);
    if (problem.at.column > 0) line.append(":").append(std::to_string(problem.at.column));
  }
  if (!line.empty()) line += ": ";
  if (!problem.path.empty()) line.append(problem.path).append(": ");
  line += problem.problem;
  if (!problem.why.empty()) line.append(" (").append(problem.why).append(")");
  if (!problem.hint.empty()) line.append("; ").append(problem.hint);
  return one_line(line, std::string::npos);
}

}  // namespace

std::string line_of(const Location& other, const Location& here) {
  const std::string line = "line " + std::to_string(other.line);
  return other.file == here.file ? line : other.file + ", " + line;
}

std::string quoted(std::string_view text) {
  std::string out = "`";
  out += one_line(text, quoted_characters);
  out += '`';
  return out;
}

std::string Diagnostics::text(std::size_t limit) const {
  using Key = std::tuple<std::string, int, int, std::string>;
  std::vector<Key> lines;
  lines.reserve(problems_.size());
  for (const Problem& p : problems_) lines.emplace_back(p.at.file, p.at.line, p.at.column, line_of(p));
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string out;
  for (std::size_t i = 0; i < std::min(limit, lines.size()); ++i) {
    if (i > 0) out += '\n';
    out += std::get<3>(lines[i]);
  }
  if (lines.size() > limit) {
    const std::size_t more = lines.size() - limit;
    if (limit > 0) out += '\n';
    out.append("and ").append(std::to_string(more)).append(more == 1 ? " more problem" : " more problems");
  }
  return out;
}

}  // namespace sojourn
