// Where patients start, of the model or of a strategy.
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

std::optional<Choice> read(Reading& reading, const Item& item) {
  const auto& states = reading.scope.states;
  if (!item.is(config::Node::Kind::mapping)) {
    const auto rule = reading.expression(item, category_of(states), drawn_at_start);
    return rule ? std::optional<Choice>(Rule{*rule}) : std::nullopt;
  }
  const Fields fields(reading.source, item, shapes::start);
  std::vector<Option> options;
  for (const std::string& name : states) options.push_back({name, {}, {}});
  return read_probabilities(reading, fields["probabilities"], {}, options, drawn_at_start, "state");
}

// Somewhere something can still happen.
bool lives(const Reading& reading, const Choice& choice) {
  const auto& states = reading.model.states;
  if (const auto* rule = std::get_if<Rule>(&choice)) {
    for (const std::int32_t s : rule->option.levels_named()) {
      if (!states[static_cast<std::size_t>(s)].absorbing) return true;
    }
    return false;
  }
  const auto& chances = std::get<Probabilities>(choice);
  for (std::size_t s = 0; s < states.size(); ++s) {
    if (chances.possible(s) && !states[s].absorbing) return true;
  }
  return false;
}

}  // namespace

std::optional<Choice> read_start(Reading& reading, const Item& item) {
  auto choice = reading.model.states.empty() ? std::nullopt : read(reading, item);
  if (!choice) {
    reading.starts_known = false;
    return std::nullopt;
  }
  if (!lives(reading, *choice)) {
    reading.source.add(item, "patients start where nothing ever happens", "every state it names is absorbing");
  }
  if (std::holds_alternative<Probabilities>(*choice) && !reading.start_drawn) reading.start_drawn = item;
  return choice;
}

}  // namespace sojourn::model
