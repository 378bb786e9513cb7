#include "config/keys.hpp"

#include <algorithm>

#include "base/number_text.hpp"

namespace sojourn::config {
namespace {

void collect(const Form& form, std::vector<const Shape*>& found);

void collect(const Shape& shape, std::vector<const Shape*>& found) {
  if (std::find(found.begin(), found.end(), &shape) != found.end()) return;
  found.push_back(&shape);
  for (const Key& key : shape.keys) collect(key.form(), found);
}

void collect(const Form& form, std::vector<const Shape*>& found) {
  if (form.shape != nullptr) collect(*form.shape, found);
  for (const Form& one : form.forms) collect(one, found);
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string_view unit_of(const Key& key) {
  const std::size_t end = key.meaning.find(']');
  return key.meaning.starts_with('[') ? key.meaning.substr(1, end - 1) : std::string_view();
}

std::string_view meaning_of(const Key& key) {
  return key.meaning.starts_with('[') ? key.meaning.substr(key.meaning.find("] ") + 2) : key.meaning;
}

std::string alternatives(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + std::string(words[i]);
  }
  return text;
}

std::string describe(const Form& form) {
  switch (form.kind) {
    case Kind::text:
      return "a text";
    case Kind::name:
      return "a name";
    case Kind::names:
      return "a name or a list of names";
    case Kind::word:
      return alternatives(form.words);
    case Kind::number:
      return "a number";
    case Kind::whole_number:
      return "a whole number";
    case Kind::boolean:
      return "true or false";
    case Kind::time:
      return "a time";
    case Kind::times:
      return "a time or a list of times";
    case Kind::expression:
      return "an expression";
    case Kind::expressions:
      return "a list of expressions";
    case Kind::mapping:
    case Kind::named_mappings:
    case Kind::named_values:
    case Kind::named:
      return "a mapping";
    case Kind::mappings:
      return "a list of mappings";
    case Kind::values:
    case Kind::list:
      return "a list";
    case Kind::anything:
      return "a value";
    case Kind::any:
      break;
  }
  std::vector<std::string> forms;
  for (const Form& one : form.forms) forms.push_back(describe(one));
  return alternatives(std::vector<std::string_view>(forms.begin(), forms.end()));
}

std::vector<const Shape*> shapes_from(const Shape& root) {
  std::vector<const Shape*> found;
  collect(root, found);
  return found;
}

std::string title_of(const Shape& shape) {
  std::string text(shape.title.empty() ? shape.name : shape.title);
  for (const std::string_view article : {"a ", "an ", "the "}) {
    if (text.starts_with(article)) text.erase(0, article.size());
  }
  return text;
}

std::string plain_title(const Shape& shape) {
  std::string text = title_of(shape);
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

std::string bounds_text(const Bounds& bounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto shown = [](double value) {
    const bool whole = value == static_cast<double>(static_cast<std::int64_t>(value));
    return whole ? fixed_text(value, 0) : number_text(value);
  };
  if (bounds.any()) return "";
  if (bounds.high == infinity)
    return (bounds.open ? "more than " : "") + shown(bounds.low) + (bounds.open ? "" : " or more");
  if (bounds.low == bounds.high) return shown(bounds.low);
  return (bounds.open ? "between " : "") + shown(bounds.low) + (bounds.open ? " and " : " .. ") + shown(bounds.high);
}

}  // namespace sojourn::config
