#include "config/reference.hpp"

#include <algorithm>

#include "base/similar.hpp"

namespace sojourn::config {
namespace {

std::string link(const Shape& shape) {
  std::string anchor = lower_case(title_of(shape));
  std::replace(anchor.begin(), anchor.end(), ' ', '-');
  return "[" + title_of(shape) + "](#" + anchor + ")";
}

// Inside a table a bar ends a cell.
std::string cell(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == '|') made += '\\';
    made += c;
  }
  return made;
}

std::string code(std::string_view text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::string words(std::span<const std::string_view> list) {
  std::string text;
  for (const std::string_view word : list) text += (text.empty() ? "`" : ", `") + std::string(word) + "`";
  return text;
}

std::string type(const Form& form) {
  switch (form.kind) {
    case Kind::word:
      return words(form.words);
    case Kind::mapping:
      return link(*form.shape);
    case Kind::mappings:
      return "list of " + link(*form.shape);
    case Kind::named_mappings:
      return "names to " + link(*form.shape);
    case Kind::named_values:
      return "names to expressions";
    case Kind::values:
      return "list of values";
    case Kind::list:
    case Kind::named:
    case Kind::any:
      break;
    default: {
      const std::string text = describe(form);
      return text.starts_with("an ") ? text.substr(3) : text.starts_with("a ") ? text.substr(2) : text;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < form.forms.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == form.forms.size() ? " or " : ", ") + type(form.forms[i]);
  }
  if (form.kind == Kind::list) return "list (each " + text + ")";
  return form.kind == Kind::named ? "names to " + text : text;
}

std::string limits(const Key& key) {
  std::string text = bounds_text(key.bounds);
  if (key.fewest == 0) return text;
  const std::string least = std::to_string(key.fewest);
  if (!text.empty()) text += "; ";
  if (key.most == 0) return text + least + " or more entries";
  return text + (key.most == key.fewest ? least : least + " to " + std::to_string(key.most)) + " entries";
}

std::string default_of(const Key& key) {
  if (!key.unless.empty()) return "*required*, here or by `" + std::string(key.unless) + "`";
  if (key.required) return "*required*";
  return std::string(cell(key.standard));
}

// "`a` and `b`"
std::string together(std::string_view form) {
  const auto keys = words_of(form);
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    text += (i == 0 ? "`" : i + 1 == keys.size() ? " and `" : ", `") + std::string(keys[i]) + "`";
  }
  return text.empty() ? "nothing" : text;
}

// "`a`, `b` or `c`"
std::string listed(std::span<const std::string_view> forms, std::string_view last) {
  std::string list;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    list += (i == 0 ? "" : i + 1 == forms.size() ? std::string(last) : ", ") + together(forms[i]);
  }
  return list;
}

std::string sentence(const Rule& rule) {
  const std::string list = listed(rule.forms, " or ");
  const bool pairs = std::any_of(rule.forms.begin(), rule.forms.end(),
                                 [](std::string_view form) { return words_of(form).size() != 1; });
  switch (rule.kind) {
    case Rule::Kind::one_form:
      if (rule.forms.size() == 1) return "It takes " + list + ".";
      return (pairs ? "Either " : "Exactly one of ") + list + ".";
    case Rule::Kind::at_least_one:
      return "At least one of " + list + ".";
    case Rule::Kind::at_most_one:
      return "At most one of " + list + ".";
    case Rule::Kind::only_with:
      break;
  }
  return " only beside " + list + ".";
}

// Keys that stand beside the same others are told of together.
std::string sentences(const Shape& shape) {
  std::string text;
  std::vector<const Rule*> told;
  for (const Rule& rule : shape.rules) {
    const auto same = [&](const Rule* other) {
      return other->kind == Rule::Kind::only_with && other->forms.data() == rule.forms.data();
    };
    if (rule.kind == Rule::Kind::only_with && std::any_of(told.begin(), told.end(), same)) continue;
    told.push_back(&rule);
    std::vector<std::string_view> keys;
    for (const Rule& other : shape.rules) {
      if (rule.kind == Rule::Kind::only_with && same(&other)) keys.push_back(other.key);
    }
    text += "- " + listed(keys, " and ") + sentence(rule) + "\n";
  }
  return text;
}

// The shape before this one in which the key stands with the same meaning, if it is one of many to choose from.
const Shape* told_in(const Key& key, const Shape& shape, std::span<const Shape* const> before) {
  constexpr std::size_t many = 5;
  const auto chosen = std::any_of(shape.rules.begin(), shape.rules.end(), [&](const Rule& rule) {
    return rule.kind == Rule::Kind::one_form && rule.forms.size() > many &&
           std::find(rule.forms.begin(), rule.forms.end(), key.name) != rule.forms.end();
  });
  if (!chosen) return nullptr;
  for (const Shape* one : before) {
    for (const Key& other : one->keys) {
      if (other.name == key.name && other.meaning == key.meaning && other.shape == key.shape) return one;
    }
  }
  return nullptr;
}

std::string row(const Key& key) {
  return "| `" + std::string(key.name) + "` | " + cell(meaning_of(key)) + " | " + type(key.form()) + " | " +
         std::string(unit_of(key)) + " | " + default_of(key) + " | " + limits(key) + " | " + code(key.example) + " |\n";
}

std::string section(const Shape& shape, std::span<const Shape* const> before) {
  std::string text = "## " + title_of(shape) + "\n\n", rows;
  const Shape* elsewhere = nullptr;
  for (const Key& key : shape.keys) {
    const Shape* told = told_in(key, shape, before);
    if (told == nullptr) rows += row(key);
    if (told != nullptr) elsewhere = told;
  }
  std::string rules = sentences(shape);
  if (elsewhere != nullptr) rules.insert(rules.size() - 2, ", which are as in " + link(*elsewhere));
  if (!rules.empty()) text += rules + "\n";
  if (rows.empty()) return elsewhere != nullptr ? text : text + "It has no keys: `{}`.\n\n";
  return text + "| key | meaning | value | unit | default | bounds | example |\n|---|---|---|---|---|---|---|\n" +
         rows + "\n";
}

}  // namespace

std::string reference(const Shape& root) {
  std::string text;
  const auto shapes = shapes_from(root);
  for (std::size_t i = 0; i < shapes.size(); ++i) text += section(*shapes[i], std::span(shapes).first(i));
  return text;
}

}  // namespace sojourn::config
