#include "model/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t enough_problems = 300;    // after these, expressions are no longer looked at
constexpr std::size_t most_places = 4'000'000;  // states in all lists of states together

constexpr std::string_view of_parameters = "only parameters, because it is fixed before the patients are made";
constexpr std::string_view at_the_start = "attributes are drawn at the start, before anything has happened";
constexpr std::string_view hazards = "a hazard must not change continuously; use piecewise";
constexpr std::string_view at_risk = "it is taken when the patient comes at risk and then fixed";
constexpr std::string_view of_states = "only states and tags";

bool constant_type(const Type& a, const Type& b) {
  return a.kind == b.kind && a.time_power == b.time_power;
}

}  // namespace

const Allowed parameters_only{false, false, false, false, of_parameters, of_parameters, of_parameters};
const Allowed drawn_at_start{true, false, false, false, "", at_the_start, at_the_start};
const Allowed in_a_hazard{true, true, false, false, "", "", hazards};
const Allowed at_risk_entry{true, true, false, false, "", "", at_risk};
const Allowed at_an_instant{true, true, true, false, "", "", ""};
const Allowed states_and_tags{false, false, false, true, of_states, of_states, of_states};

bool is_probability(double value) {
  return value >= 0 && value <= 1;
}
bool is_positive(double value) {
  return value > 0;
}
bool is_not_negative(double value) {
  return value >= 0;
}

std::string shown(double value, const Type& type) {
  if (type.kind == Type::Kind::boolean) return value != 0 ? "true" : "false";
  char buffer[32];
  const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::general, 9);
  const std::string number =
      std::isfinite(value) && error == std::errc() ? std::string(buffer, end) : number_text(value);
  if (type.kind != Type::Kind::number || type.time_power == 0) return number;
  return number + (type.time_power == 1 ? " years" : type.time_power == -1 ? " per year" : "");
}

std::string counted(std::size_t number, const std::string& word) {
  return std::to_string(number) + " " + word + (number == 1 ? "" : "s");
}

bool same_type(const Type& a, const Type& b) {
  if (!constant_type(a, b)) return false;
  if (a.kind != Type::Kind::category || a.levels == b.levels) return true;
  return a.levels && b.levels && *a.levels == *b.levels;
}

Type category_of(std::vector<std::string> levels) {
  return Type::category(std::make_shared<const std::vector<std::string>>(std::move(levels)));
}

std::optional<Expression> Reading::expression(const Item& item, const std::optional<Type>& expected,
                                              const Allowed& allowed) {
  if (!item || source.problems().size() > enough_problems) return std::nullopt;
  if (!item.is(config::Node::Kind::scalar)) {
    const bool map = item.is(config::Node::Kind::mapping);
    source.add(item, "expected an expression, found " + config::describe(*item.node), "",
               map ? "put an expression with ':' in quotes" : "");
    return std::nullopt;
  }
  const bool named_level =
      expected && expected->levels && !item.node->text.empty() &&
      std::find(expected->levels->begin(), expected->levels->end(), item.node->text) != expected->levels->end();
  if (!named_level && !source.plain_value(item)) return std::nullopt;
  auto result = expression::parse(item.node->text, scope, expected, allowed);
  if (auto* made = std::get_if<Expression>(&result)) return std::move(*made);
  for (auto& one : std::get<std::vector<expression::ExpressionProblem>>(result)) {
    explain(item.node->text, one);
    source.add_at_offset(item, one.offset, std::move(one.problem), std::move(one.why), std::move(one.hint));
  }
  return std::nullopt;
}

// A name that comes later in the file is not a misspelt one.
void Reading::explain(std::string_view text, expression::ExpressionProblem& problem) const {
  if (drawn_later.empty() || problem.offset >= text.size()) return;
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const auto begin = text.begin() + static_cast<std::ptrdiff_t>(problem.offset);
  const std::string word(begin, std::find_if_not(begin, text.end(), is_word));
  if (!drawn_later.contains(word)) return;
  problem.why = "it is drawn later: an attribute may use earlier ones only";
  problem.hint = "move it up";
}

std::optional<Expression> Reading::expression(std::string_view text, const Location& at, const std::string& path,
                                              const std::optional<Type>& expected, const Allowed& allowed) {
  auto result = expression::parse(text, scope, expected, allowed);
  if (auto* made = std::get_if<Expression>(&result)) return std::move(*made);
  for (auto& one : std::get<std::vector<expression::ExpressionProblem>>(result)) {
    source.problems().add({at, path, std::move(one.problem), std::move(one.why), std::move(one.hint)});
  }
  return std::nullopt;
}

std::optional<double> Reading::constant_time(const Item& item) {
  if (!item || source.problems().size() > enough_problems) return std::nullopt;
  if (!item.is(config::Node::Kind::scalar)) {
    source.add(item, "expected a time, found " + config::describe(*item.node), "", "write e.g. 6 months");
    return std::nullopt;
  }
  expression::Scope none;
  none.parameters = scope.parameters;
  const auto made = expression(item, Type::number(1), parameters_only);
  if (!made) return std::nullopt;
  if (!made->parameters_used().empty()) {
    source.add(item, "a parameter may not be used here", "it must be the same under every strategy", "write the time");
    return std::nullopt;
  }
  return value(*made, {});
}

std::optional<double> Reading::value(const Expression& expression, const Values& values) const {
  if (!expression.attributes_used().empty()) return std::nullopt;
  for (const ParameterId used : expression.parameters_used()) {
    if (used.index() >= values.parameters.size()) return std::nullopt;
  }
  const auto code = expression::compile(expression, values.parameters, scope.states.size());
  return code.constant ? std::optional(code.value) : std::nullopt;
}

void Reading::rule(const std::vector<const Expression*>& over, std::function<void(const Values&)> check) {
  ValueRule made;
  for (const Expression* one : over) {
    if (one == nullptr || !*one) continue;
    const auto used = one->parameters_used();
    made.uses.insert(made.uses.end(), used.begin(), used.end());
  }
  std::sort(made.uses.begin(), made.uses.end());
  made.uses.erase(std::unique(made.uses.begin(), made.uses.end()), made.uses.end());
  made.check = std::move(check);
  rules.push_back(std::move(made));
}

void Reading::report(const Item& item, const Values& values, std::string problem, std::string hint) const {
  source.add(item, std::move(problem), values.under, std::move(hint));
}

void Reading::require(const Expression& expression, const Item& item, bool (*holds)(double), std::string must) {
  rule({&expression}, [this, expression, item, holds, must = std::move(must)](const Values& values) {
    const auto found = value(expression, values);
    if (found && !holds(*found))
      report(item, values, "the value is " + shown(*found, expression.type()) + ", but must be " + must);
  });
}

std::optional<StateId> Reading::state(const Item& item) {
  if (!item || source.full()) return std::nullopt;
  const auto name = source.text(item);
  if (!name) return std::nullopt;
  if (const auto index = names.find(Names::Kind::state, *name)) return StateId{*index};
  std::string why;
  if (const auto* other = names.find(*name)) why = "it is " + std::string(describe(other->kind));
  source.add(item, "there is no state " + quoted(*name), why, did_you_mean(*name, scope.states));
  return std::nullopt;
}

std::optional<AttributeId> Reading::attribute(const Item& item) {
  if (!item || source.full()) return std::nullopt;
  const auto name = source.text(item);
  if (!name) return std::nullopt;
  if (const auto index = names.find(Names::Kind::attribute, *name)) return AttributeId{*index};
  source.add(item, "there is no attribute " + quoted(*name), "",
             did_you_mean(*name, names.all(Names::Kind::attribute)));
  return std::nullopt;
}

std::optional<MarkId> Reading::mark(const Item& item, const std::string& name) {
  if (source.full()) return std::nullopt;
  if (const auto index = names.find(Names::Kind::state, name)) return MarkId{*index};
  if (const auto index = names.find(Names::Kind::event, name)) {
    return MarkId{*index + static_cast<std::int32_t>(scope.states.size())};
  }
  std::vector<std::string> known = scope.states;
  known.insert(known.end(), scope.events.begin(), scope.events.end());
  std::string why;
  if (const auto* other = names.find(name)) why = "it is " + std::string(describe(other->kind));
  source.add(item, "there is no state or event " + quoted(name), why, did_you_mean(name, known));
  return std::nullopt;
}

void Reading::add_states(const Item& item, std::vector<bool>& chosen) {
  if (item.is(config::Node::Kind::mapping)) {
    const Fields fields(source, item, shapes::tag);
    const auto name = source.text(fields["tag"]);
    if (!name) return;
    const auto tag = names.find(Names::Kind::tag, *name);
    if (!tag) {
      source.add(fields["tag"], "there is no tag " + quoted(*name), "",
                 did_you_mean(*name, names.all(Names::Kind::tag)));
      return;
    }
    for (const StateId s : scope.tags[static_cast<std::size_t>(*tag)].states) chosen[s.index()] = true;
    return;
  }
  if (!item.is(config::Node::Kind::scalar)) {
    source.add(item, "expected a state or {tag: NAME}, found " + config::describe(*item.node));
    return;
  }
  const std::string& name = item.node->text;
  if (name == "any") {
    for (std::size_t s = 0; s < chosen.size(); ++s) chosen[s] = chosen[s] || !model.states[s].absorbing;
  } else if (names.find(Names::Kind::tag, name)) {
    source.add(item, quoted(name) + " is a tag, not a state", "", "write {tag: " + name + "}");
  } else if (const auto found = state(item)) {
    if (chosen[found->index()]) source.add(item, "the state " + quoted(name) + " is there twice");
    chosen[found->index()] = true;
  }
}

std::vector<StateId> Reading::states(const Item& item) {
  std::vector<StateId> found;
  if (!item || source.full()) return found;
  const bool single = item.is(config::Node::Kind::scalar) && item.node->text != "any";
  if (single && !names.find(Names::Kind::tag, item.node->text)) {
    if (const auto one = state(item)) found.push_back(*one);
    return found;
  }
  std::vector<bool> chosen(model.states.size(), false);
  if (item.is(config::Node::Kind::sequence)) {
    for (const Item& one : source.children(item)) add_states(one, chosen);
    if (item.node->children.empty()) source.add(item, "the list of states is empty");
  } else {
    add_states(item, chosen);
  }
  for (std::size_t s = 0; s < chosen.size(); ++s) {
    if (chosen[s]) found.push_back(make_id<StateId>(s));
  }
  places_ += found.size();
  if (places_ > most_places) {
    source.add(item, "the lists of states hold more than 4000000 states together");
    found.clear();
  }
  return found;
}

std::optional<Clock> Reading::clock(const Item& item) {
  const auto text = source.text(item);
  if (!text) return std::nullopt;
  if (*text == "reset") return Clock{};
  if (*text == "forward") return Clock{Clock::Kind::forward, {}, false};
  if (*text == "age") {
    const auto age = names.find(Names::Kind::attribute, "age");
    if (!age) {
      source.add(item, "the clock `age` needs an attribute `age`", "it is the age at the start",
                 "add e.g. `age: {uniform: {min: 1 year, max: 20 years}}` to the cohort");
    } else if (!same_type(model.attributes[static_cast<std::size_t>(*age)].type, Type::number(1))) {
      source.add(item, "the attribute `age` is not a time", "the clock `age` needs one",
                 "write its values with a unit");
    }
    return Clock{Clock::Kind::age, {}, false};
  }
  if (text->starts_with("since ")) {
    const bool first = text->starts_with("since first ");
    const auto found = mark(item, text->substr(first ? 12 : 6));
    if (!found) return std::nullopt;
    return Clock{Clock::Kind::since, *found, first};
  }
  static const std::vector<std::string> kinds{"reset", "forward", "age", "since"};
  source.add(item, "there is no clock " + quoted(*text), "reset, forward, age, since X or since first X",
             did_you_mean(*text, kinds));
  return std::nullopt;
}

std::vector<Assignment> Reading::assignments(const Item& item) {
  std::vector<Assignment> made;
  for (const Item& one : source.children(item)) {
    if (source.full()) break;
    const auto index = names.find(Names::Kind::attribute, one.key());
    if (!index) {
      const auto* other = names.find(one.key());
      source.add_at_key(one, "there is no attribute " + quoted(one.key()),
                        other ? "it is " + std::string(describe(other->kind)) : "",
                        did_you_mean(one.key(), names.all(Names::Kind::attribute)));
      continue;
    }
    const AttributeId id{*index};
    const Attribute& target = model.attributes[id.index()];
    const auto value_set = expression(one, target.type, at_an_instant);
    if (!value_set) continue;
    made.push_back({id, *value_set});
    if (target.number_levels.empty()) continue;
    rule({&*value_set}, [this, expression = *value_set, one, levels = target.number_levels](const Values& values) {
      const auto found = value(expression, values);
      if (!found || std::find(levels.begin(), levels.end(), *found) != levels.end()) return;
      report(one, values, "the value " + number_text(*found) + " is none of the attribute's levels");
    });
  }
  return made;
}

std::optional<double> Reading::level(AttributeId id, const Item& item) {
  const Attribute& target = model.attributes[id.index()];
  const auto name = source.text(item);
  if (!name) return std::nullopt;
  std::vector<std::string> known;
  if (target.type.levels) known = *target.type.levels;
  for (const double one : target.number_levels) known.push_back(number_text(one));
  if (target.type.kind == Type::Kind::boolean) known = {"false", "true"};
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == *name) return target.number_levels.empty() ? static_cast<double>(i) : target.number_levels[i];
  }
  source.add(item, quoted(*name) + " is no level of " + quoted(target.name), "", did_you_mean(*name, known));
  return std::nullopt;
}

}  // namespace sojourn::model
