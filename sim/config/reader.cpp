#include "config/reader.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "base/number_text.hpp"
#include "base/similar.hpp"

namespace sojourn::config {
namespace {

constexpr std::size_t most_keys_listed = 30;

bool scalar_kind(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::name:
    case Kind::word:
    case Kind::number:
    case Kind::whole_number:
    case Kind::boolean:
    case Kind::time:
    case Kind::expression:
      return true;
    default:
      return false;
  }
}

// The nearest key, or all that there are.
std::string hint_for(const std::string& key, const std::vector<std::string>& names) {
  std::string hint = did_you_mean(key, names);
  if (!hint.empty() || key.empty() || names.size() > most_keys_listed) return hint;
  for (const std::string& name : names) hint += (hint.empty() ? "it takes " : ", ") + name;
  return hint;
}

// As far as its outermost part tells.
bool fits(const Form& form, const Node& node) {
  if (scalar_kind(form.kind)) return node.kind == Node::Kind::scalar;
  switch (form.kind) {
    case Kind::names:
    case Kind::times:
      return node.kind == Node::Kind::scalar || node.kind == Node::Kind::sequence;
    case Kind::expressions:
    case Kind::mappings:
    case Kind::values:
    case Kind::list:
      return node.kind == Node::Kind::sequence;
    case Kind::mapping:
    case Kind::named_mappings:
    case Kind::named_values:
    case Kind::named:
      return node.kind == Node::Kind::mapping;
    case Kind::anything:
      return true;
    default:
      return std::any_of(form.forms.begin(), form.forms.end(), [&](const Form& one) { return fits(one, node); });
  }
}

// Braces around an expression with a colon make a mapping of it.
std::string advice(Kind kind, const Node& node) {
  if ((kind == Kind::expression || kind == Kind::time || kind == Kind::text) && node.kind == Node::Kind::mapping) {
    return "put an expression or a text with ':' in quotes";
  }
  if (kind == Kind::mappings && node.kind == Node::Kind::mapping) return "begin each entry with '- '";
  return "";
}

}  // namespace

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
    case Node::Kind::scalar:
      break;
  }
  return quoted(node.text);
}

void Source::note(const Location& place, const Item& item, std::string problem, std::string why,
                  std::string hint) const {
  if (!full()) problems_.add({place, item.path, std::move(problem), std::move(why), std::move(hint)});
}

const Node& Source::place_of(const Item& item) const {
  return item.node != nullptr ? *item.node : item.near != nullptr ? *item.near : document_.root;
}

Location Source::at(const Item& item) const {
  return item ? document_.at(*item.node) : at_key(item);
}

Location Source::at_key(const Item& item) const {
  return document_.at_key(place_of(item));
}

void Source::add(const Item& item, std::string problem, std::string why, std::string hint) const {
  note(at(item), item, std::move(problem), std::move(why), std::move(hint));
}

void Source::add_at_key(const Item& item, std::string problem, std::string why, std::string hint) const {
  note(at_key(item), item, std::move(problem), std::move(why), std::move(hint));
}

void Source::add_at_offset(const Item& item, std::size_t offset, std::string problem, std::string why,
                           std::string hint) const {
  note(item ? document_.at_offset(*item.node, offset) : at_key(item), item, std::move(problem), std::move(why),
       std::move(hint));
}

std::vector<Item> Source::children(const Item& item) const {
  std::vector<Item> items;
  if (!item) return items;
  items.reserve(item.node->children.size());
  const bool keyed = item.node->kind == Node::Kind::mapping;
  for (std::size_t i = 0; i < item.node->children.size(); ++i) {
    const Node& child = item.node->children[i];
    items.push_back({&child, keyed ? path_to(item.path, child) : path_to(item.path, i)});
  }
  return items;
}

std::vector<Item> Source::one_or_more(const Item& item) const {
  if (item.is(Node::Kind::scalar)) return {item};
  return item.is(Node::Kind::sequence) ? children(item) : std::vector<Item>();
}

std::optional<std::string> Source::text(const Item& item) const {
  if (!item) return std::nullopt;
  if (item.is(Node::Kind::scalar)) return item.node->text;
  add(item, "expected a text, found " + describe(*item.node), "", advice(Kind::text, *item.node));
  return std::nullopt;
}

std::optional<double> Source::number(const Item& item) const {
  if (!item) return std::nullopt;
  if (!item.is(Node::Kind::scalar) || item.node->quoted) {
    add(item, "expected a number, found " + describe(*item.node), "", item.node->quoted ? "remove the quotes" : "");
    return std::nullopt;
  }
  if (!plain_value(item)) return std::nullopt;
  const ParsedNumber parsed = parse_number(item.node->text);
  if (parsed) return parsed.value;
  add(item, "expected a number, found " + describe(*item.node), parsed.why, parsed.hint);
  return std::nullopt;
}

std::optional<std::int64_t> Source::whole_number(const Item& item, std::int64_t low, std::int64_t high) const {
  if (!item) return std::nullopt;
  const std::string range = "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  if (item.is(Node::Kind::scalar) && !item.node->quoted) {
    if (!plain_value(item)) return std::nullopt;
    const std::string& text = item.node->text;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && value >= low && value <= high) return value;
  }
  add(item, "expected " + range + ", found " + describe(*item.node), "", item.node->quoted ? "remove the quotes" : "");
  return std::nullopt;
}

std::optional<bool> Source::boolean(const Item& item) const {
  if (!item) return std::nullopt;
  if (item.is(Node::Kind::scalar) && !item.node->quoted) {
    if (item.node->text == "true") return true;
    if (item.node->text == "false") return false;
  }
  const bool near = item.is(Node::Kind::scalar);
  add(item, "expected true or false, found " + describe(*item.node), "",
      near && item.node->quoted ? "remove the quotes"
      : near                    ? "write true or false"
                                : "");
  return std::nullopt;
}

bool Source::plain_value(const Item& item) const {
  if (!item.is(Node::Kind::scalar) || item.node->quoted) return true;
  const std::string& text = item.node->text;
  const std::string lower = lower_case(text);
  const bool is_yes = lower == "yes" || lower == "on";
  if (is_yes || lower == "no" || lower == "off") {
    add(item, describe(*item.node) + " is not a value", "some programs read it as a boolean, others as a text",
        is_yes ? "write true, or put it in quotes" : "write false, or put it in quotes");
    return false;
  }
  if (text != lower && (lower == "true" || lower == "false")) {
    add(item, describe(*item.node) + " is not a value", "booleans are in lower case", "write " + lower);
    return false;
  }
  if (lower == ".inf" || lower == "-.inf" || lower == "+.inf" || lower == ".nan") {
    add(item, describe(*item.node) + " is not a value", "numbers are finite", "");
    return false;
  }
  const char first = text.empty() ? ' ' : text[0] == '-' || text[0] == '+' ? text[text.size() > 1 ? 1 : 0] : text[0];
  const bool numeric = (first >= '0' && first <= '9') || first == '.';
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!numeric || !plain || text.find_first_of(" +-*/^?<>=!&|()") != std::string::npos) return true;
  const ParsedNumber parsed = parse_number(text);
  if (parsed) return true;
  add(item, describe(*item.node) + " is not a number", parsed.why, parsed.hint);
  return false;
}

namespace {

// A list or a mapping without entries, where the key takes some.
bool lacks_entries(const Key& key, const Node& value) {
  const bool has_entries = value.kind == Node::Kind::sequence || value.kind == Node::Kind::mapping;
  return key.fewest > 0 && has_entries && value.children.empty();
}

void refuse_nothing(const Source& source, const Item& value, const Key& key) {
  const std::string name(key.name);
  source.add(value, value.is(Node::Kind::sequence) ? "the list of " + name + " is empty" : quoted(name) + " is empty",
             "", "write e.g. " + std::string(key.example) + (key.required ? "" : ", or leave the key out"));
}

}  // namespace

Fields::Fields(const Source& source, const Item& item, const Shape& shape)
    : source_(&source),
      item_(item),
      absent_{nullptr, item.path, item ? item.node : item.near},
      shape_(&shape),
      values_(shape.keys.size()),
      written_(shape.keys.size()) {
  if (!item) return;
  if (!item.is(Node::Kind::mapping)) {
    source.add(item, "expected " + std::string(shape.name) + " (a mapping), found " + describe(*item.node), "",
               item.is(Node::Kind::null) ? "write {} if there is nothing to say" : "");
    return;
  }
  mapping_ = true;
  std::vector<std::string> names;
  names.reserve(shape.keys.size());
  for (const Key& key : shape.keys) names.emplace_back(key.name);
  for (const Node& child : item.node->children) take(source, child, names);
  for (std::size_t i = 0; i < shape.keys.size(); ++i) {
    if (!shape.keys[i].required || written_[i]) continue;
    const std::string missing = "`" + std::string(shape.keys[i].name) + "` is missing";
    source.add_at_key(item, item.path.empty() ? missing : missing + " in " + std::string(shape.name),
                      std::string(shape.keys[i].meaning));
  }
}

void Fields::take(const Source& source, const Node& child, const std::vector<std::string>& names) {
  if (source.full()) return;
  const Item value{&child, path_to(item_.path, child)};
  const auto found = std::find(names.begin(), names.end(), child.key);
  if (found == names.end()) {
    source.add_at_key(value, (child.key.empty() ? "an empty key in " : "unknown key in ") + std::string(shape_->name),
                      "", hint_for(child.key, names));
    return;
  }
  const auto index = static_cast<std::size_t>(found - names.begin());
  if (written_[index]) return;  // a duplicate: reported with the tree
  written_[index] = true;
  values_[index] = {nullptr, value.path, &child};
  const Form form = shape_->keys[index].form();
  if (child.kind == Node::Kind::null) {
    source.add_at_key(value, "this key has no value", "", "give it " + describe(form) + ", or remove the line");
  } else if (!fits(form, child)) {
    source.add(value, "expected " + describe(form) + ", found " + describe(child), "", advice(form.kind, child));
  } else if (lacks_entries(shape_->keys[index], child)) {
    refuse_nothing(source, value, shape_->keys[index]);
  } else {
    values_[index] = value;
  }
}

const Item& Fields::operator[](std::string_view key) const {
  for (std::size_t i = 0; i < shape_->keys.size(); ++i) {
    if (shape_->keys[i].name == key) return written_[i] ? values_[i] : absent_;
  }
  assert(false && "a key that the shape does not declare");
  return absent_;
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name) const {
  for (const Key& key : shape_->keys) {
    if (key.name != name) continue;
    const auto end = [](double value) { return static_cast<std::int64_t>(value); };
    return source_->whole_number((*this)[name], end(key.bounds.low), end(key.bounds.high));
  }
  assert(false && "a key that the shape does not declare");
  return std::nullopt;
}

bool Fields::out_of_place(std::string_view key) const {
  if (!(*this)[key]) return false;  // not written, or of a wrong kind, which has been said
  return std::any_of(shape_->rules.begin(), shape_->rules.end(), [&](const Rule& rule) {
    return rule.kind == Rule::Kind::only_with && rule.key == key && written(rule.forms).empty();
  });
}

std::vector<std::string_view> Fields::written(std::span<const std::string_view> keys) const {
  std::vector<std::string_view> found;
  std::copy_if(keys.begin(), keys.end(), std::back_inserter(found), [&](std::string_view key) { return has(key); });
  return found;
}

bool Fields::has(std::string_view key) const {
  for (std::size_t i = 0; i < shape_->keys.size(); ++i) {
    if (shape_->keys[i].name == key) return written_[i];
  }
  return false;
}

}  // namespace sojourn::config
