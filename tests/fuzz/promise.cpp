#include "promise.hpp"

#include "base/utf8.hpp"

namespace sojourn::fuzz {
namespace {

constexpr std::size_t longest_line = 4000;  // [bytes]

}  // namespace

void promise_printable(std::string_view text) {
  std::size_t line_start = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') line_start = at + 1;
    const std::size_t length = utf8_length(text, at);
    promise(length > 0, "messages are UTF-8", text);
    promise(text[at] == '\n' || !is_invisible(code_point(text.substr(at, length))), "no control characters", text);
    promise(at + 1 - line_start <= longest_line, "lines of bounded length", text);
    at += length;
  }
}

}  // namespace sojourn::fuzz
