#include "base/diagnostics.hpp"

#include <algorithm>
#include <tuple>

#include "base/utf8.hpp"

namespace sojourn {

namespace {

constexpr std::size_t quoted_characters = 60;

constexpr std::string_view digits = "0123456789abcdef";

void append_escaped(std::string& out, unsigned char byte) {
  out += "\\x";
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

// \u00a0; the few beyond U+FFFF have five digits.
void append_code_point(std::string& out, std::uint32_t c) {
  out += "\\u";
  for (int shift = c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out += digits[c >> shift & 15U];
}

// One line of valid UTF-8: characters that would not be seen and stray bytes as \n, \t, \xNN or \uNNNN.
std::string one_line(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    if (characters == limit) return out + "...";
    const std::size_t length = utf8_length(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (length == 0 || byte < 0x20 || byte == 0x7F) {
      append_escaped(out, byte);
    } else if (const std::string_view character = text.substr(at, length); is_invisible(code_point(character))) {
      append_code_point(out, code_point(character));
    } else {
      out += character;
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
