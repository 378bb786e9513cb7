#include "expression/names.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/similar.hpp"

namespace sojourn::expression {

namespace {

std::optional<std::int32_t> position(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - names.begin());
}

template <class Entry>
std::optional<std::int32_t> position(const std::vector<Entry>& entries, std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.name == name; });
  if (found == entries.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - entries.begin());
}

template <class Entry>
void append_names(std::vector<std::string>& to, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) to.push_back(entry.name);
}

NodePointer look_up(Op op, std::int32_t index, Type type) {
  Node node;
  node.kind = Node::Kind::look_up;
  node.op = op;
  node.index = index;
  node.type = std::move(type);
  return std::make_shared<const Node>(std::move(node));
}

NodePointer states_node(std::vector<StateId> states) {
  Node node;
  node.kind = Node::Kind::in_states;
  node.states = std::move(states);
  node.type = Type::boolean();
  return std::make_shared<const Node>(std::move(node));
}

std::string not_here(std::string_view what, std::string_view name) {
  return std::string(what) + quoted(name) + " may not be used here";
}

}  // namespace

Levels Names::levels_of(std::string_view name) const {
  if (const auto p = position(scope_.parameters, name))
    return scope_.parameters[static_cast<std::size_t>(*p)].type.levels;
  if (const auto a = position(scope_.attributes, name))
    return scope_.attributes[static_cast<std::size_t>(*a)].type.levels;
  return nullptr;
}

NodePointer Names::value(std::string_view name, std::size_t offset, const Levels& levels) const {
  if (name == "true" || name == "false") return constant_node(name == "true" ? 1 : 0, Type::boolean());
  if (allowed_.bare_states) return bare_state(name, offset);
  const auto parameter = position(scope_.parameters, name);
  const auto attribute = position(scope_.attributes, name);
  if (const auto level = levels ? position(*levels, name) : std::nullopt) {
    if ((parameter || attribute) && same_levels(Type::category(levels_of(name)), Type::category(levels))) {
      problems_.add(offset, quoted(name) + " means two things here",
                    std::string("a level and ") + (parameter ? "a parameter" : "an attribute"), "rename one");
      return nullptr;
    }
    return constant_node(*level, Type::category(levels));
  }
  if (name == "now") {
    if (allowed_.time) return look_up(Op::now, 0, Type::number(1));
    problems_.add(offset, not_here("", name), std::string(allowed_.why_not_time));
    return nullptr;
  }
  if (parameter) {
    Node node;
    node.kind = Node::Kind::parameter;
    node.index = *parameter;
    node.type = scope_.parameters[static_cast<std::size_t>(*parameter)].type;
    return std::make_shared<const Node>(std::move(node));
  }
  if (attribute && allowed_.attributes) {
    return look_up(Op::attribute, *attribute, scope_.attributes[static_cast<std::size_t>(*attribute)].type);
  }
  if (attribute) {
    problems_.add(offset, not_here("attribute ", name), std::string(allowed_.why_not_attributes));
  } else {
    unknown_value(name, offset, levels);
  }
  return nullptr;
}

NodePointer Names::bare_state(std::string_view name, std::size_t offset) const {
  if (const auto state = position(scope_.states, name)) return states_node({StateId{*state}});
  if (const auto tag = position(scope_.tags, name))
    return states_node(scope_.tags[static_cast<std::size_t>(*tag)].states);
  const char* known = position(scope_.attributes, name)   ? " is an attribute"
                      : position(scope_.parameters, name) ? " is a parameter"
                      : position(scope_.events, name)     ? " is an event"
                                                          : nullptr;
  if (known != nullptr) {
    problems_.add(offset, quoted(name) + known, "only states and tags may be used here");
    return nullptr;
  }
  std::vector<std::string> names = scope_.states;
  append_names(names, scope_.tags);
  problems_.add(offset, quoted(name) + " is not a state or a tag", {}, did_you_mean(name, names));
  return nullptr;
}

bool Names::is_allowed(const HistoryFunction& function, std::size_t offset) const {
  if (allowed_.bare_states) {
    problems_.add(offset, not_here("", function.name), "states and tags stand for being in them",
                  function.op == Op::in_set ? "write the name alone" : "");
    return false;
  }
  if (!allowed_.history) {
    problems_.add(offset, not_here("", function.name), std::string(allowed_.why_not_history));
    return false;
  }
  if (function.op == Op::time_since && !allowed_.time) {
    problems_.add(offset, not_here("", function.name), std::string(allowed_.why_not_time));
    return false;
  }
  return true;
}

NodePointer Names::in_states(std::string_view name, std::size_t offset) const {
  if (const auto state = position(scope_.states, name)) return states_node({StateId{*state}});
  if (const auto tag = position(scope_.tags, name))
    return states_node(scope_.tags[static_cast<std::size_t>(*tag)].states);
  if (position(scope_.events, name)) {
    problems_.add(offset, quoted(name) + " is an event", "`in` needs a state or a tag",
                  "write visited(" + std::string(name) + ")");
    return nullptr;
  }
  std::vector<std::string> names = scope_.states;
  append_names(names, scope_.tags);
  problems_.add(offset, quoted(name) + " is not a state or a tag", {}, did_you_mean(name, names));
  return nullptr;
}

NodePointer Names::history(const HistoryFunction& function, std::size_t function_offset, std::string_view name,
                           std::size_t offset) const {
  if (!is_allowed(function, function_offset)) return nullptr;
  if (function.op == Op::in_set) return in_states(name, offset);
  std::optional<std::int32_t> mark = position(scope_.states, name);
  if (!mark) {
    mark = position(scope_.events, name);
    if (mark) *mark += static_cast<std::int32_t>(scope_.states.size());
  }
  if (!mark) {
    unknown_mark(function, name, offset);
    return nullptr;
  }
  const Type type = function.op == Op::visited ? Type::boolean() : Type::number(function.op == Op::time_since ? 1 : 0);
  return look_up(function.op, *mark, type);
}

void Names::unknown_mark(const HistoryFunction& function, std::string_view name, std::size_t offset) const {
  if (const auto tag = position(scope_.tags, name)) {
    const std::vector<StateId>& states = scope_.tags[static_cast<std::size_t>(*tag)].states;
    const std::string first = states.empty() ? "STATE" : scope_.states[states.front().index()];
    problems_.add(offset, quoted(name) + " is a tag", quoted(function.name) + " needs a state or an event",
                  "name the states, e.g. " + std::string(function.name) + "(" + first + ")");
    return;
  }
  std::vector<std::string> names = scope_.states;
  names.insert(names.end(), scope_.events.begin(), scope_.events.end());
  problems_.add(offset, quoted(name) + " is not a state or an event", {}, did_you_mean(name, names));
}

// A name that stands for something else than a value.
bool Names::misplaced(std::string_view name, std::size_t offset) const {
  const std::string text(name);
  if (position(scope_.states, name) || position(scope_.tags, name)) {
    const std::string what = position(scope_.states, name) ? " is a state" : " is a tag";
    problems_.add(offset, quoted(name) + what, "a value is needed", "write in(" + text + ")");
  } else if (position(scope_.events, name)) {
    problems_.add(offset, quoted(name) + " is an event", "a value is needed", "write visited(" + text + ")");
  } else if (find_function(name) != nullptr || find_history_function(name) != nullptr) {
    problems_.add(offset, quoted(name) + " is a function", {}, "write " + text + "(...)");
  } else if (name == "rest") {
    problems_.add(offset, "`rest` is not a value", "it stands alone, as the probability that the others leave");
  } else {
    const auto has_level = [&](const Scope::Named& a) { return a.type.levels && position(*a.type.levels, name); };
    const auto of = std::find_if(scope_.attributes.begin(), scope_.attributes.end(), has_level);
    if (of == scope_.attributes.end()) return false;
    problems_.add(offset, quoted(name) + " is a level of " + quoted(of->name),
                  "a level stands beside == or != or where one is chosen", "write " + of->name + " == " + text);
  }
  return true;
}

void Names::unknown_value(std::string_view name, std::size_t offset, const Levels& levels) const {
  if (problems_.full()) return;
  if (levels) {
    problems_.add(offset, quoted(name) + " is not " + describe(Type::category(levels)), {},
                  did_you_mean(name, *levels));
    return;
  }
  if (misplaced(name, offset)) return;
  std::vector<std::string> names = {"true", "false"};
  append_names(names, scope_.parameters);
  if (allowed_.attributes) append_names(names, scope_.attributes);
  if (allowed_.time) names.emplace_back("now");
  const std::string word = lower_case(name);
  const bool yes = word == "yes" || word == "on";
  const bool no = word == "no" || word == "off";
  if (word == "nan" || word == "inf" || word == "infinity") {
    problems_.add(offset, quoted(name) + " is not a value", "numbers are finite", "");
    return;
  }
  problems_.add(offset, quoted(name) + " is not known here",
                allowed_.attributes ? "no parameter or attribute has this name" : "no parameter has this name",
                yes  ? "write true"
                : no ? "write false"
                     : did_you_mean(name, names));
}

void Names::unknown_function(std::string_view name, std::size_t offset) const {
  if (problems_.full()) return;
  if (name == "now") {
    problems_.add(offset, "`now` is not a function", {}, "write now without parentheses");
    return;
  }
  const char* known = position(scope_.attributes, name)   ? "it is an attribute"
                      : position(scope_.parameters, name) ? "it is a parameter"
                                                          : nullptr;
  std::vector<std::string> names;
  for (const Function& function : functions()) names.emplace_back(function.name);
  for (const HistoryFunction& function : history_functions()) names.emplace_back(function.name);
  problems_.add(offset, quoted(name) + " is not a function", known == nullptr ? "" : known,
                known == nullptr ? did_you_mean(name, names) : "write * to multiply");
}

}  // namespace sojourn::expression
