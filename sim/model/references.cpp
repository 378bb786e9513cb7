// Where a model refers to what it declares: states, attributes, events, clocks, levels.
#include <algorithm>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "model/calendar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_places = 4'000'000;  // states in all lists of states together

}  // namespace

std::optional<StateId> Reading::state(const Item& item) {
  if (!item || source.full()) return std::nullopt;
  const auto name = source.text(item);
  if (!name) return std::nullopt;
  if (const auto index = names.find(Names::Kind::state, *name)) return StateId{*index};
  if (is_unclear(*name)) return std::nullopt;
  std::string why;
  if (const auto* other = names.find(*name)) why = "it is " + std::string(describe(other->kind));
  source.add(item, "there is no state " + quoted(*name), why, did_you_mean(*name, scope.states));
  return std::nullopt;
}

// Counted as one more thing that is wrong.
bool Reading::is_unclear(const std::string& name) {
  const bool is = unclear.contains(name);
  not_reported_ += is ? 1 : 0;
  return is;
}

std::optional<AttributeId> Reading::attribute(const Item& item) {
  if (!item || source.full()) return std::nullopt;
  const auto name = source.text(item);
  if (!name) return std::nullopt;
  if (const auto index = names.find(Names::Kind::attribute, *name)) return AttributeId{*index};
  if (is_unclear(*name)) return std::nullopt;
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
  if (is_unclear(name)) return std::nullopt;
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
  count_places(item, found);
  return found;
}

std::vector<StateId> Reading::any_state(const Item& item) {
  std::vector<StateId> found;
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    if (!model.states[s].absorbing) found.push_back(make_id<StateId>(s));
  }
  count_places(item, found);
  return found;
}

void Reading::count_places(const Item& item, std::vector<StateId>& found) {
  places_ += found.size();
  if (places_ <= most_places) return;
  source.add(item, "the lists of states hold more than 4000000 states together");
  found.clear();
}

std::optional<Clock> Reading::clock(const Item& item) {
  const auto text = source.text(item);
  if (!text) return std::nullopt;
  if (*text == "reset") return Clock{};
  if (*text == "forward") return Clock{Clock::Kind::forward, {}, false};
  if (*text == "age") {
    const auto age = names.find(Names::Kind::attribute, "age");
    if (is_unclear("age")) {
      // it has been reported what is wrong with it
    } else if (!age) {
      source.add(item, "the clock `age` needs an attribute `age`", "it is the age at the start",
                 "add e.g. `age: {uniform: {min: 1 year, max: 20 years}}` to the cohort");
    } else if (!same_type(model.attributes[static_cast<std::size_t>(*age)].type, Type::number(1))) {
      source.add(item, "the attribute `age` is not a time", "the clock `age` needs one",
                 "write its values with a unit");
    }
    return Clock{Clock::Kind::age, {}, false};
  }
  if (*text == "calendar") {
    check_calendar_year(*this, item, "the clock `calendar`");
    return Clock{Clock::Kind::calendar, {}, false};
  }
  if (text->starts_with("since ")) {
    const bool first = text->starts_with("since first ");
    const auto found = mark(item, text->substr(first ? 12 : 6));
    if (!found) return std::nullopt;
    return Clock{Clock::Kind::since, *found, first};
  }
  std::vector<std::string> kinds;
  for (const std::string_view one : shapes::clocks) kinds.emplace_back(one.substr(0, one.find(' ')));
  source.add(item, "there is no clock " + quoted(*text), config::alternatives(shapes::clocks),
             did_you_mean(*text, kinds));
  return std::nullopt;
}

std::string Reading::status(const Item& item) {
  const auto text = source.text(item);
  const auto& words = shapes::statuses;
  if (!text || std::find(std::begin(words), std::end(words), *text) != std::end(words)) return text.value_or("");
  const std::vector<std::string> known(std::begin(words), std::end(words));
  source.add(item, quoted(*text) + " is no status", config::alternatives(words), did_you_mean(*text, known));
  return "";
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
