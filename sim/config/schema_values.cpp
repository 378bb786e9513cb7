#include "config/schema_values.hpp"

#include <algorithm>

#include "base/number_text.hpp"
#include "config/tree.hpp"

namespace sojourn::config {
namespace {

constexpr std::string_view name_pattern = "[A-Za-z][A-Za-z0-9_]{0,99}";
// Not empty, and nothing that some programs read as a boolean.
constexpr std::string_view a_text = "^(?!([yY][eE][sS]|[nN][oO]|[oO][nN]|[oO][fF][fF])$)(?=.*\\S)";
constexpr std::string_view no_plain_number = "(?!\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$)";

Json type(std::initializer_list<std::string_view> names) {
  if (names.size() == 1) return Json::object().set("type", Json::text(*names.begin()));
  Json list = Json::list();
  for (const std::string_view name : names) list.add(Json::text(name));
  return Json::object().set("type", std::move(list));
}

Json reference(const std::string& name) {
  return Json::object().set("$ref", Json::text("#/definitions/" + name));
}

void limit(Json& schema, const Bounds& bounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (bounds.low > -infinity) schema.set(bounds.open ? "exclusiveMinimum" : "minimum", Json::number(bounds.low));
  if (bounds.high < infinity) schema.set(bounds.open ? "exclusiveMaximum" : "maximum", Json::number(bounds.high));
}

// An expression by the unit of its key.
std::string expression_of(std::string_view unit) {
  if (unit == "1" || unit == "any unit") return "number_value";
  if (unit == "time") return "time_value";
  if (unit == "1/time") return "rate_value";
  return unit.starts_with("boolean") ? "condition" : "any_value";
}

Json value_of(const Node& node) {
  if (node.kind == Node::Kind::scalar) {
    const bool plain = !node.quoted;
    if (plain && (node.text == "true" || node.text == "false")) return Json::boolean(node.text == "true");
    const ParsedNumber parsed = parse_number(node.text);
    return plain && parsed ? Json::number(parsed.value.value_or(0)) : Json::text(node.text);
  }
  Json made = node.kind == Node::Kind::mapping ? Json::object() : Json::list();
  for (const Node& child : node.children) {
    if (node.kind == Node::Kind::mapping) {
      made.set(child.key, value_of(child));
    } else {
      made.add(value_of(child));
    }
  }
  return made;
}

// A line of YAML, of the declarations, as JSON.
Json from_yaml(std::string_view yaml) {
  Diagnostics problems;
  const auto document = read_document("", "x: " + std::string(yaml) + "\n", problems);
  return document ? value_of(document->root.children.front()) : Json::text(yaml);
}

bool is_value(const Key& key) {
  if (key.standard.empty()) return false;
  if (key.kind == Kind::word) return std::find(key.words.begin(), key.words.end(), key.standard) != key.words.end();
  if (key.kind == Kind::text || key.kind == Kind::name) return false;
  return key.standard == "true" || key.standard == "false" || (key.standard[0] >= '0' && key.standard[0] <= '9');
}

std::string description(const Key& key) {
  std::string text(meaning_of(key));
  const std::string_view unit = unit_of(key);
  std::string more = unit == "1"        ? "a number"
                     : unit == "time"   ? "a time"
                     : unit == "1/time" ? "a rate"
                                        : std::string(unit);
  const std::string bounds = bounds_text(key.bounds);
  if (!bounds.empty()) more += (more.empty() ? "" : ", ") + bounds;
  if (!more.empty()) text += " [" + more + "]";
  if (!key.standard.empty()) text += ". Default: " + std::string(key.standard);
  return text;
}

Json expression(const Key& key) {
  Json made = reference(expression_of(unit_of(key)));
  const std::string_view unit = unit_of(key);
  if (key.bounds.any() || unit == "time" || unit == "1/time") return made;
  Json limits = Json::object();
  limit(limits, key.bounds);
  return Json::object().set("allOf", Json::list({std::move(made), std::move(limits)}));
}

Json array(Json items, const Key& key) {
  Json made = type({"array"}).set("items", std::move(items));
  if (key.fewest > 0) made.set("minItems", Json::number(key.fewest));
  if (key.most > 0) made.set("maxItems", Json::number(key.most));
  return made;
}

Json named(Json values, const Key& key) {
  Json made = type({"object"});
  made.set("propertyNames", reference(key.numbered ? "name_or_number" : "name"));
  made.set("additionalProperties", std::move(values));
  if (key.fewest > 0) made.set("minProperties", Json::number(key.fewest));
  return made;
}

Json words(std::span<const std::string_view> list) {
  Json fixed = Json::list();
  std::string pattern;
  for (std::string_view word : list) {
    const std::size_t x = word.find('X');
    if (x == std::string_view::npos) {
      fixed.add(Json::text(word));
    } else {
      pattern += (pattern.empty() ? "^(" : "|") + std::string(word.substr(0, x)) + std::string(name_pattern);
    }
  }
  Json made = Json::object().set("enum", std::move(fixed));
  if (pattern.empty()) return made;
  return Json::object().set("anyOf",
                            Json::list({std::move(made), type({"string"}).set("pattern", Json::text(pattern + ")$"))}));
}

Json value(const Form& form, const Key& key);

Json forms(const Form& form, const Key& key) {
  if (form.forms.size() == 1) return value(form.forms[0], key);
  Json list = Json::list();
  for (const Form& one : form.forms) list.add(value(one, key));
  return Json::object().set("anyOf", std::move(list));
}

Json value(const Form& form, const Key& key) {
  switch (form.kind) {
    case Kind::text:
      return type({"string", "number", "boolean"});
    case Kind::name:
      return reference("name");
    case Kind::names:
      return Json::object().set("anyOf", Json::list({reference("name"), array(reference("name"), key)}));
    case Kind::word:
      return words(form.words);
    case Kind::number:
    case Kind::whole_number: {
      Json made = type({form.kind == Kind::number ? "number" : "integer"});
      limit(made, key.bounds);
      return made;
    }
    case Kind::boolean:
      return type({"boolean"});
    case Kind::time:
    case Kind::expression:
      return expression(key);
    case Kind::times:
      return Json::object().set("anyOf", Json::list({expression(key), array(expression(key), key)}));
    case Kind::expressions:
      return array(expression(key), key);
    case Kind::mapping:
      return reference(plain_title(*form.shape));
    case Kind::mappings:
      return array(reference(plain_title(*form.shape)), key);
    case Kind::named_mappings:
      return named(reference(plain_title(*form.shape)), key);
    case Kind::named_values:
      return named(expression(key), key);
    case Kind::values:
      return array(type({"string", "number", "boolean"}), key);
    case Kind::list:
      return array(forms(form, key), key);
    case Kind::named:
      return named(forms(form, key), key);
    case Kind::anything:
      return Json::object();
    case Kind::any:
      break;
  }
  return forms(form, key);
}

}  // namespace

// The values that are not mappings.
void define_scalars(Json& definitions, std::span<const std::string_view> no_names) {
  const std::string name(name_pattern);
  std::string words;
  for (const std::string_view one : no_names) words += (words.empty() ? "" : "|") + std::string(one);
  const auto text = [](std::string_view pattern, std::string_view message) {
    return type({"string"}).set("pattern", Json::text(pattern)).set("patternErrorMessage", Json::text(message));
  };
  constexpr std::string_view letters = "A name is letters, digits and _, and begins with a letter.";
  definitions.set("name", text("^(?!(" + words + ")$)" + name + "$",
                               std::string(letters) + " Words of the language and units are no names."));
  definitions.set("name_or_number", text("^(-?[0-9]+|" + name + ")$", letters));
  const std::string a_quantity(std::string(a_text) + std::string(no_plain_number));
  definitions.set("time_value", text(a_quantity, "A time has a unit: 6 months."));
  definitions.set("rate_value", text(a_quantity, "A rate has a unit: 0.1 per year."));
  definitions.set("number_value", type({"number", "string"}).set("pattern", Json::text(a_text)));
  definitions.set("condition", type({"boolean", "string"}).set("pattern", Json::text(a_text)));
  definitions.set("any_value", type({"number", "string", "boolean"}).set("pattern", Json::text(a_text)));
}

Json schema_of(const Key& key) {
  Json made = value(key.form(), key);
  made.set("description", Json::text(description(key)));
  if (is_value(key)) made.set("default", from_yaml(key.standard));
  if (!key.example.empty()) made.set("examples", Json::list({from_yaml(key.example)}));
  return made;
}

}  // namespace sojourn::config
