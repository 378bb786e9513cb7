#include "config/yaml_refusals.hpp"

#include <algorithm>
#include <string_view>

namespace sojourn::config {
namespace {

struct Advice {
  std::string_view message, problem, hint;
};

// The messages of yaml-cpp that people meet, in words that help.
constexpr Advice advice[] = {
    {"illegal map value", "a ':' does not belong here",
     "put a text that holds ': ' in quotes; check the indentation and the spaces after ':' of the lines before"},
    {"end of map not found", "this does not continue the mapping before it",
     "check the indentation; put a value in quotes as a whole"},
    {"end of map flow not found", "the '{' before is not closed, or ends too early",
     "close it with '}'; put an expression with '?', ':' or ',' in quotes"},
    {"end of sequence not found", "this does not continue the list before it", "check the indentation"},
    {"end of sequence flow not found", "the '[' before is not closed, or ends too early",
     "close it with ']'; put an expression with '?', ':' or ',' in quotes"},
    {"illegal flow end", "a bracket closes nothing", "remove it, or put the text in quotes"},
    {"illegal block entry", "a '- ' does not belong here", "check the indentation"},
    {"illegal map key", "a '?' does not belong here", "put the expression in quotes"},
    {"illegal EOF in scalar", "this quote is not closed", ""},
    {"unknown token", "a value cannot begin with this character", "put it in quotes"},
    {"the referenced anchor is not defined", "an alias",
     "a model does not use YAML anchors and aliases: write the value out"},
};

bool ends_a_text(const Document& document, const Node& place) {
  const auto line = static_cast<std::size_t>(place.line - 1);
  if (line >= document.line_starts.size()) return false;
  const std::size_t at = document.line_starts[line] + static_cast<std::size_t>(place.column - 1);
  return at < document.text.size() && (document.text[at] == '?' || document.text[at] == ':');
}

}  // namespace

void explain(const std::string& message, int line, int column, const Document& document, Diagnostics& problems) {
  Node place;
  place.line = std::max(line, 0) + 1;
  place.column = std::max(column, 0) + 1;
  if (message == "end of map flow not found" && ends_a_text(document, place)) {
    problems.add({document.at(place), "", "a text between braces ends before this character",
                  "it has a meaning of its own there", "put the expression or the text in quotes"});
    return;
  }
  for (const auto& entry : advice) {
    if (message != entry.message) continue;
    problems.add({document.at(place), "", std::string(entry.problem), "", std::string(entry.hint)});
    return;
  }
  problems.add({document.at(place), "", "this is not valid YAML", message, ""});
}

bool has_directive(const Document& document, Diagnostics& problems) {
  for (std::size_t i = 0; i < document.line_starts.size(); ++i) {
    const std::string_view line = std::string_view(document.text).substr(document.line_starts[i]);
    if (line.starts_with('#') || line.starts_with('\n') || line.starts_with('\r')) continue;
    if (!line.starts_with('%')) return false;
    problems.add({{document.file, static_cast<int>(i) + 1, 1},
                  "",
                  "a YAML directive",
                  "a model has none",
                  "remove the line that begins with %"});
    return true;
  }
  return false;
}

std::string emptiness(const Document& document) {
  bool blank = true, comments = true;
  for (const std::size_t start : document.line_starts) {
    const std::size_t first = document.text.find_first_not_of(" \t\r", start);
    if (first == std::string::npos || document.text[first] == '\n') continue;
    blank = false;
    comments = comments && document.text[first] == '#';
  }
  if (blank) return "it is empty";
  return comments ? "only comments" : "its text is no mapping";
}

}  // namespace sojourn::config
