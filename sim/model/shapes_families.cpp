// The mappings whose keys are families: made from the list in distributions, so that a new family is there by itself.
#include <algorithm>
#include <deque>
#include <iterator>

#include "distributions/law.hpp"
#include "model/families.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {

bool needs_unit(const distributions::FamilyInfo& family, const distributions::ParameterForm& form) {
  const std::string_view first = form.parameters.empty() ? "" : form.parameters.front().name;
  return family.name == "weibull_ph" || first == "meanlog" || first == "mu";
}

}  // namespace sojourn::model

namespace sojourn::model::shapes {
namespace {

using config::Form;
using config::Key;
using config::Kind;
using config::Rule;
using distributions::FamilyInfo;

// What a table is made of; lives as long as the program.
template <class T>
const T& kept(T made) {
  static std::deque<T> all;
  return all.emplace_back(std::move(made));
}

constexpr Key weight = Key{"weight", Kind::expression, "[1] any positive number"}.needed().above(0).such_as("0.3");
constexpr Key low =
    Key{"min", Kind::expression, "[time] not before"}.at_least(0).standing_for("0 days").such_as("1 month");
constexpr Key high =
    Key{"max", Kind::expression, "[time] not after"}.above(0).standing_for("no end").such_as("5 years");
constexpr Key hazard_ratio = Key{"hazard_ratio", Kind::expression, "[1] of the uncured"}.at_least(0).such_as("0.7");
constexpr Form fixed_forms[] = {{Kind::expression}, {Kind::mapping, &fixed_time}};
constexpr Form class_forms[] = {{Kind::mapping, &mixture_class}};

// Families that are more than numbers with names.
constexpr Key made_otherwise[] = {
    Key{"cure", Kind::mapping, "a share never has the event: S(t) = fraction + (1 - fraction) S_uncured(t)"}
        .of(cure)
        .such_as("{fraction: 0.3, uncured: {exponential: {rate: 0.5 per year}}}"),
    Key{"piecewise_exponential", Kind::mapping, ""}
        .of(piecewise_exponential)
        .such_as("{time: [0 days, 1 year], rate: [0.3 per year, 0.1 per year]}"),
    Key{"life_table", Kind::mapping, ""}.of(life_table).such_as("{file: life.csv, by: sex, beyond: hold}"),
    Key{"fixed", Kind::any, ""}.in_form(fixed_forms).such_as("28 days"),
    Key{"royston_parmar", Kind::mapping, ""}
        .of(royston_parmar)
        .such_as("{gamma: [-3.8, 2.6, 0.3], knots: [-2.5, 0.4, 2.0], unit: years}"),
    Key{"tabulated", Kind::mapping, ""}.of(tabulated).such_as(
        "{times: [3 months, 1 year], survival: [0.91, 0.7], beyond: never}"),
    Key{"mixture", Kind::list, ""}
        .in_form(class_forms)
        .entries(1, 100)
        .such_as("[{weight: 0.3, exponential: {rate: 2 per year}}, {weight: 0.7, never: {}}]"),
    Key{"truncated", Kind::mapping, ""}.of(truncated).such_as("{max: 5 years, weibull: {shape: 1.2, scale: 9 months}}"),
};

std::string_view example_of(std::string_view parameter, distributions::Dimension dimension) {
  if (dimension == distributions::Dimension::time) return parameter == "max" ? "2 years" : "9 months";
  if (dimension == distributions::Dimension::rate) return "0.1 per year";
  return parameter == "probability" ? "0.3" : "1.2";
}

Key parameter_key(const distributions::ParameterInfo& info) {
  using distributions::Bound;
  using distributions::Dimension;
  const char* unit = info.dimension == Dimension::time   ? "[time] "
                     : info.dimension == Dimension::rate ? "[1/time] "
                                                         : "[1] ";
  const Key key = Key{info.name, Kind::expression, kept(unit + std::string(info.meaning))}.such_as(
      example_of(info.name, info.dimension));
  if (info.bound == Bound::positive) return key.above(0);
  if (info.bound == Bound::non_negative) return key.at_least(0);
  return info.bound == Bound::probability ? key.from(0, 1) : key;
}

// The parameters of all forms, each once.
const Shape& shape_of(const FamilyInfo& info) {
  std::vector<Key> keys;
  std::vector<std::string_view> forms;
  bool unit = false;
  for (const auto& form : info.forms) {
    std::string names;
    for (const auto& one : form.parameters) {
      names += (names.empty() ? "" : " ") + std::string(one.name);
      const auto same = [&](const Key& key) { return key.name == one.name; };
      if (std::none_of(keys.begin(), keys.end(), same)) keys.push_back(parameter_key(one));
    }
    if (needs_unit(info, form)) names += " unit";
    unit = unit || needs_unit(info, form);
    forms.push_back(kept(std::move(names)));
  }
  if (unit) {
    keys.push_back(
        Key{"unit", Kind::word, "unit of time that the parameters are for"}.one_of(time_unit_words).such_as("years"));
  }
  std::vector<Rule> rules{{Rule::Kind::one_form, kept(std::move(forms))}};
  const std::string title = "the family " + std::string(info.name);
  return kept(Shape{info.name, kept(std::move(keys)), kept(std::move(rules)), kept(title)});
}

// In one form with all its parameters, as an example.
std::string example_of(const FamilyInfo& info) {
  std::string text;
  for (const auto& one : info.forms.front().parameters) {
    text +=
        (text.empty() ? "" : ", ") + std::string(one.name) + ": " + std::string(example_of(one.name, one.dimension));
  }
  return "{" + text + (needs_unit(info, info.forms.front()) ? ", unit: years}" : "}");
}

std::vector<Key> family_keys() {
  std::vector<Key> keys;
  const auto otherwise = [](std::string_view name) {
    return std::find_if(std::begin(made_otherwise), std::end(made_otherwise),
                        [&](const Key& key) { return key.name == name; });
  };
  for (const FamilyInfo& info : distributions::families()) {
    const auto* found = otherwise(info.name);
    Key key = found != std::end(made_otherwise)
                  ? *found
                  : Key{info.name, Kind::mapping, ""}.of(shape_of(info)).such_as(kept(example_of(info)));
    key.meaning = info.formula;
    keys.push_back(key);
  }
  keys.push_back(*otherwise("cure"));
  return keys;
}

const std::vector<Key>& all_families() {
  static const std::vector<Key> keys = family_keys();
  return keys;
}

// A mapping in which exactly one of the families stands, beside other keys.
Shape choice(std::string_view name, std::vector<Key> beside, bool (*has_place)(std::string_view),
             std::vector<Rule> rules = {}) {
  std::vector<std::string_view> names;
  for (const Key& key : all_families()) {
    if (!has_place(key.name)) continue;
    names.push_back(key.name);
    beside.push_back(key);
  }
  rules.push_back({Rule::Kind::one_form, kept(std::move(names))});
  return {name, kept(std::move(beside)), kept(std::move(rules))};
}

bool can_be_part(std::string_view name) {
  return std::find(std::begin(never_a_part), std::end(never_a_part), name) == std::end(never_a_part);
}
bool has_hazard(std::string_view name) {
  return name != "cure" && name != "fixed";
}
bool is_any(std::string_view) {
  return true;
}
bool is_exponential(std::string_view name) {
  return name == "exponential";
}

constexpr std::string_view just_fixed[] = {"fixed"};

}  // namespace

const Shape time_to_event = choice("a time",
                                   {Key{"if_past", Kind::word, "beside `fixed`: when the patient comes at risk later"}
                                        .one_of(if_past)
                                        .standing_for("an error")
                                        .such_as("never")},
                                   is_any, {{Rule::Kind::only_with, just_fixed, "if_past"}});
const Shape uncured = choice("uncured", {hazard_ratio}, has_hazard);
const Shape mixture_class = choice("a class of a mixture", {weight}, can_be_part);
const Shape truncated = choice("truncated", {low, high}, can_be_part, {{Rule::Kind::at_least_one, truncations}});
const Shape curve_tail = choice("the tail of a curve", {}, is_exponential);

}  // namespace sojourn::model::shapes
