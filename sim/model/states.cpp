// States and events by name: what the rest of a model refers to.
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_states = 32767;  // ids are 16 bits wide in results

void read_tags(Reading& reading, const Item& item, StateId id) {
  State& state = reading.model.states[id.index()];
  for (const Item& one : reading.source.one_or_more(item)) {
    const auto name = reading.source.text(one);
    if (!name) continue;
    const auto next = static_cast<std::int32_t>(reading.scope.tags.size());
    const Location at = reading.source.at(one);
    if (!reading.names.declare(Names::Kind::tag, *name, next, at, one.path, reading.source.problems())) continue;
    const auto index = static_cast<std::size_t>(*reading.names.find(Names::Kind::tag, *name));
    if (index == reading.scope.tags.size()) reading.scope.tags.push_back({*name, {}});
    auto& members = reading.scope.tags[index].states;
    if (!members.empty() && members.back() == id) {
      reading.source.add(one, "the tag " + quoted(*name) + " is there twice");
      continue;
    }
    members.push_back(id);
    state.tags.push_back(*name);
  }
}

}  // namespace

void declare_states(Reading& reading, const Item& states) {
  std::vector<Item> tags;
  for (const Item& item : reading.source.children(states)) {
    const Fields fields(reading.source, item, shapes::state);
    const auto index = static_cast<std::int32_t>(reading.model.states.size());
    State made;
    made.name = item.key();
    made.at = reading.source.at_key(item);
    if (!reading.names.declare(Names::Kind::state, made.name, index, made.at, item.path, reading.source.problems())) {
      reading.unclear.insert(made.name);
      continue;
    }
    made.initial = reading.source.boolean(fields["initial"]).value_or(false);
    made.absorbing = reading.source.boolean(fields["absorbing"]).value_or(false);
    made.label = reading.source.text(fields["label"]).value_or(made.name);
    reading.scope.states.push_back(made.name);
    reading.model.states.push_back(std::move(made));
    tags.push_back(fields["tags"]);
  }
  for (std::size_t s = 0; s < tags.size(); ++s) {
    if (tags[s]) read_tags(reading, tags[s], make_id<StateId>(s));
  }
  if (reading.model.states.size() > most_states) reading.source.add_at_key(states, "more than 32767 states");
}

void declare_events(Reading& reading, const Item& events) {
  for (const Item& item : reading.source.children(events)) {
    const auto index = static_cast<std::int32_t>(reading.model.events.size());
    const Location at = reading.source.at_key(item);
    if (!reading.names.declare(Names::Kind::event, item.key(), index, at, item.path, reading.source.problems())) {
      reading.unclear.insert(item.key());
      continue;
    }
    reading.scope.events.push_back(item.key());
    reading.model.events.push_back(item.key());
  }
}

}  // namespace sojourn::model
