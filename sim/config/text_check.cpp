#include "config/text_check.hpp"

#include <array>
#include <optional>

#include "base/utf8.hpp"

namespace sojourn::config {
namespace {

struct Finding {
  std::size_t offset;
  std::string problem, why, hint;
};

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool in(unsigned char byte, unsigned low, unsigned high) {
  return byte >= low && byte <= high;
}

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string("0x") + digits[byte >> 4] + digits[byte & 15];
}

// A tab may stand in a comment: after a # that begins the line or follows a blank.
bool in_comment(std::string_view line, std::size_t column) {
  for (std::size_t i = 0; i < column; ++i) {
    if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) return true;
  }
  return false;
}

std::optional<Finding> find_bad_character(std::string_view text, bool yaml) {
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') line_start = i + 1;
    if (byte == '\t' && yaml && !in_comment(text.substr(line_start, i - line_start), i - line_start)) {
      const bool indents = text.substr(line_start, i - line_start).find_first_not_of(" \t") == std::string_view::npos;
      return Finding{i, "a tab", indents ? "YAML does not take tabs for indentation" : "words are separated by spaces",
                     "use spaces"};
    }
    if (byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) {
      return Finding{i, "a carriage return without a line feed", "", "save the file with Unix line ends"};
    }
    if ((byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F) {
      return Finding{i, "the control character " + hexadecimal(byte), "is this a text file?", ""};
    }
    const std::size_t length = byte < 0x80 ? 1 : utf8_length(text, i);
    if (length == 0) return Finding{i, "the byte " + hexadecimal(byte) + " is not UTF-8", "", "save the file as UTF-8"};
    i += length;
  }
  return std::nullopt;
}

std::optional<Finding> find_excess(std::string_view text) {
  std::array<bool, 256> is_mark{};
  for (const char c : std::string_view("[]{},&*!\"'")) is_mark[static_cast<unsigned char>(c)] = true;
  std::size_t line_start = 0, marks = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      line_start = i + 1;
      continue;
    }
    if (i - line_start >= line_limit) return Finding{line_start, "a line of more than 64 kB", "", "break it"};
    if (is_mark[static_cast<unsigned char>(text[i])] && ++marks > mark_limit) {
      return Finding{i, "more than 1000000 brackets, commas and quotes", "the limit of one file", ""};
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::size_t> find_lines(std::string_view text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts.push_back(i + 1);
  }
  return starts;
}

bool check_text(const std::string& file, std::string_view text, bool yaml, Diagnostics& problems) {
  if (yaml && text.size() > file_limit) {
    problems.add({{file, 0, 0}, "", "larger than 16 MB", "the limit of a model file", ""});
    return false;
  }
  const std::size_t skip = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  auto finding = find_bad_character(text.substr(skip), yaml);
  if (!finding && yaml) finding = find_excess(text.substr(skip));
  if (!finding) return true;
  const std::size_t offset = finding->offset + skip;
  int line = 1, column = 1;
  for (std::size_t i = skip; i < offset; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++line;
      column = 1;
    } else if (!in(byte, 0x80, 0xBF)) {
      ++column;
    }
  }
  problems.add({{file, line, column}, "", finding->problem, finding->why, finding->hint});
  return false;
}

}  // namespace sojourn::config
