#include "model/names.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "base/units.hpp"
#include "base/utf8.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t longest_name = 100;  // [bytes]

constexpr auto reserved = std::to_array<std::string_view>(
    {"true", "false", "and",      "or",    "not", "in",    "visited", "count",     "time_since",
     "now",  "rest",  "per",      "min",   "max", "abs",   "exp",     "log",       "sqrt",
     "pow",  "floor", "logistic", "logit", "any", "first", "since",   "odds_scale"});
constexpr auto booleans = std::to_array<std::string_view>({"yes", "no", "on", "off", "null"});

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

// Letters of other scripts may look like ours.
std::string foreign(std::string_view text) {
  const auto found =
      std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const auto at = static_cast<std::size_t>(found - text.begin());
  const std::size_t length = found == text.end() ? 0 : utf8_length(text, at);
  return length < 2 ? "" : "; here is the character " + code_name(code_point(text.substr(at, length)));
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::vector<std::string_view> words_not_names() {
  std::vector<std::string_view> words(reserved.begin(), reserved.end());
  words.insert(words.end(), booleans.begin(), booleans.end());
  words.insert(words.end(), std::begin(time_unit_words), std::end(time_unit_words));
  return words;
}

NameProblem name_problem(std::string_view text) {
  const std::string shown = quoted(text);
  if (text.empty()) return {"an empty name", "", ""};
  if (!is_letter(text.front()) || !std::all_of(text.begin(), text.end(), is_word)) {
    return {shown + " is not a name", "names are letters a-z, digits and _, and begin with a letter" + foreign(text),
            ""};
  }
  if (text.size() > longest_name) return {"a name of more than 100 characters", "", ""};
  if (contains(reserved, text)) return {shown + " cannot be a name", "it is a word of the language", ""};
  if (contains(booleans, text)) return {shown + " cannot be a name", "some programs read it as a boolean", ""};
  if (time_unit(text)) return {shown + " cannot be a name", "it is a unit of time", ""};
  return {};
}

std::string_view describe(Names::Kind kind) {
  switch (kind) {
    case Names::Kind::parameter:
      return "a parameter";
    case Names::Kind::attribute:
      return "an attribute";
    case Names::Kind::state:
      return "a state";
    case Names::Kind::tag:
      return "a tag";
    case Names::Kind::event:
      break;
  }
  return "an event";
}

bool Names::declare(Kind kind, const std::string& name, std::int32_t index, const Location& at, const std::string& path,
                    Diagnostics& problems) {
  if (NameProblem wrong = name_problem(name); !wrong.problem.empty()) {
    problems.add({at, path, std::move(wrong.problem), std::move(wrong.why), std::move(wrong.hint)});
    return false;
  }
  const auto [entry, fresh] = entries_.try_emplace(name, Entry{kind, index, at});
  if (fresh) {
    order_.emplace_back(kind, name);
    return true;
  }
  const Entry& other = entry->second;
  if (other.kind != kind) {
    problems.add({at, path, quoted(name) + " is " + std::string(describe(other.kind)) + " already",
                  line_of(other.at, at) + "; expressions could not tell them apart", "rename one of them"});
    return false;
  }
  return kind == Kind::tag;  // a tag is named by each of its states; other repetitions are reported as duplicate keys
}

std::optional<std::int32_t> Names::find(Kind kind, const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end() || found->second.kind != kind) return std::nullopt;
  return found->second.index;
}

const Names::Entry* Names::find(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second;
}

std::vector<std::string> Names::all(Kind kind) const {
  std::vector<std::string> names;
  for (const auto& [one, name] : order_) {
    if (one == kind) names.push_back(name);
  }
  return names;
}

void Names::draws(const std::string& what, const std::string& name, const Location& at, const std::string& path,
                  Diagnostics& problems) {
  const auto [entry, fresh] = drawers_.try_emplace(fnv1a32(name), Drawer{what, name, at});
  if (fresh) return;
  const Drawer& other = entry->second;
  const std::string line = line_of(other.at, at);
  if (other.name == name) {
    problems.add({at, path, what + " is called " + quoted(name) + " like " + other.what + " in " + line,
                  "random numbers are drawn by name", "give one of them another name"});
  } else {
    problems.add({at, path,
                  "the names " + quoted(name) + " and " + quoted(other.name) + " (" + line + ") have the same hash",
                  "they would draw the same random numbers", "rename one of them"});
  }
}

}  // namespace sojourn::model
