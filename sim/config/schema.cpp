#include "config/schema.hpp"

#include <algorithm>

#include "config/schema_values.hpp"

namespace sojourn::config {
namespace {

Json required(const std::vector<std::string_view>& keys) {
  Json list = Json::list();
  for (const std::string_view key : keys) list.add(Json::text(key));
  return Json::object().set("required", std::move(list));
}

class Writer {
 public:
  explicit Writer(std::span<const std::string_view> no_names) : no_names_(no_names) {}

  std::string run(const Shape& root) {
    Json schema = Json::object();
    schema.set("$schema", Json::text("http://json-schema.org/draft-07/schema#"));
    fill(schema, root);
    Json definitions = Json::object();
    const auto shapes = shapes_from(root);
    for (const Shape* shape : std::span(shapes).subspan(1)) {
      Json one = Json::object();
      fill(one, *shape);
      definitions.set(plain_title(*shape), std::move(one));
    }
    define_scalars(definitions, no_names_);
    schema.set("definitions", std::move(definitions));
    return schema.written() + "\n";
  }

 private:
  void fill(Json& schema, const Shape& shape) const {
    schema.set("title", Json::text(shape.title.empty() ? shape.name : shape.title));
    schema.set("type", Json::text("object"));
    Json properties = Json::object();
    std::vector<std::string_view> needed;
    Json all = Json::list(), beside = Json::object();
    for (const Key& key : shape.keys) {
      properties.set(key.name, schema_of(key));
      if (key.required && key.unless.empty()) needed.push_back(key.name);
      if (!key.unless.empty()) {
        Json either = Json::list();
        either.add(required({key.name}));
        either.add(required({key.unless}));
        all.add(Json::object().set("anyOf", std::move(either)));
      }
    }
    schema.set("properties", std::move(properties));
    schema.set("additionalProperties", Json::boolean(false));
    for (const Rule& rule : shape.rules) add(rule, needed, all, beside);
    if (!needed.empty()) {
      Json list = Json::list();
      for (const std::string_view key : needed) list.add(Json::text(key));
      schema.set("required", std::move(list));
    }
    if (!all.empty()) schema.set("allOf", std::move(all));
    if (!beside.empty()) schema.set("dependencies", std::move(beside));
  }

  static void add(const Rule& rule, std::vector<std::string_view>& needed, Json& all, Json& beside) {
    Json list = Json::list();
    if (rule.kind == Rule::Kind::one_form) {
      if (rule.forms.size() == 1) {
        const auto keys = words_of(rule.forms[0]);
        needed.insert(needed.end(), keys.begin(), keys.end());
        return;
      }
      for (const std::string_view form : rule.forms) list.add(one_form(rule, form));
      all.add(Json::object().set("oneOf", std::move(list)));
    } else if (rule.kind == Rule::Kind::at_most_one) {
      for (std::size_t i = 0; i < rule.forms.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) list.add(required({rule.forms[j], rule.forms[i]}));
      }
      all.add(Json::object().set("not", Json::object().set("anyOf", std::move(list))));
    } else {
      for (const std::string_view key : rule.forms) list.add(required({key}));
      Json any = Json::object().set("anyOf", std::move(list));
      if (rule.kind == Rule::Kind::at_least_one) {
        all.add(std::move(any));
      } else {
        beside.set(rule.key, std::move(any));
      }
    }
  }

  // All keys of the form, and none that only the other forms have.
  static Json one_form(const Rule& rule, std::string_view form) {
    const auto own = words_of(form);
    Json made = required(own);
    Json others = Json::list();
    std::vector<std::string_view> named;
    const auto single = [](std::string_view one) { return words_of(one).size() == 1; };
    if (std::all_of(rule.forms.begin(), rule.forms.end(), single)) return made;  // oneOf itself sees to it
    for (const std::string_view other : rule.forms) {
      for (const std::string_view key : words_of(other)) {
        const auto is_there = [&](const auto& list) { return std::find(list.begin(), list.end(), key) != list.end(); };
        if (is_there(own) || is_there(named)) continue;
        named.push_back(key);
        others.add(required({key}));
      }
    }
    if (!others.empty()) made.set("not", Json::object().set("anyOf", std::move(others)));
    return made;
  }

  std::span<const std::string_view> no_names_;
};

}  // namespace

std::string json_schema(const Shape& root, std::span<const std::string_view> no_names) {
  return Writer(no_names).run(root);
}

}  // namespace sojourn::config
