#include "store/header.hpp"

namespace sojourn::store {

namespace {

using Integers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

Integers count_up(std::size_t n) {
  Integers ids(n);
  for (std::size_t i = 0; i < n; ++i) ids[i] = static_cast<std::int64_t>(i) + 1;
  return ids;
}

std::string joined(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : " ").append(text);
  return all;
}

Texts state_names(const model::Model& model, const std::vector<StateId>& states) {
  Texts names;
  for (const StateId state : states) names.push_back(model.states.at(state.index()).name);
  return names;
}

void write_states(Output& output, const model::Model& model, const Layout& layout) {
  Texts names, labels, tags;
  Integers initial, absorbing;
  for (const model::State& state : model.states) {
    names.push_back(state.name);
    labels.push_back(state.label);
    tags.push_back(joined(state.tags));
    absorbing.push_back(state.absorbing ? 1 : 0);
  }
  initial.assign(names.size(), 0);
  for (const StateId id : model.start_states()) initial[id.index()] = 1;
  const std::string path = "/dictionary/states";
  output.group(path, "the states");
  output.integers(path + "/state_id", count_up(names.size()), layout.state_id, {"", "as in sojourns"});
  output.texts(path + "/name", names, {"", "as in the model"});
  output.texts(path + "/label", labels, {"", "for display"});
  output.texts(path + "/tags", tags, {"", "separated by spaces"});
  output.integers(path + "/initial", initial, Element::int8, {"", "1: patients start here"});
  output.integers(path + "/absorbing", absorbing, Element::int8, {"", "1: never left"});
}

void write_transitions(Output& output, const model::Model& model, const Layout& layout) {
  Texts names, kinds, causes, from, to;
  for (const model::Declaration& declaration : model.declarations) {
    const bool moves = declaration.kind == model::Declaration::Kind::transition;
    names.push_back(declaration.name);
    kinds.emplace_back(moves ? "transition" : "event");
    causes.push_back(declaration.cause);
    from.push_back(joined(state_names(model, declaration.from)));
    to.push_back(moves && declaration.to.valid() ? model.states.at(declaration.to.index()).name : "");
  }
  for (const model::Branch& branch : model.branches) {
    std::vector<StateId> targets;
    for (const model::Option& option : branch.options) {
      if (option.to.valid()) targets.push_back(option.to);
    }
    names.push_back(branch.name);
    kinds.emplace_back("branch");
    causes.emplace_back();
    from.push_back(joined(state_names(model, branch.in)));
    to.push_back(joined(state_names(model, targets)));
  }
  const std::string path = "/dictionary/transitions";
  output.group(path, "what can end a stay (and events, which do not): declarations in order, then branches");
  output.integers(path + "/transition_id", count_up(names.size()), layout.transition_id, {"", "as in sojourns"});
  output.texts(path + "/name", names, {"", "unique"});
  output.texts(path + "/kind", kinds, {"", "transition, event or branch"});
  output.texts(path + "/cause", causes, {"", "for display"});
  output.texts(path + "/from", from, {"", "states it can happen in, separated by spaces"});
  output.texts(path + "/to", to, {"", "states it can lead to, separated by spaces"});
}

void write_events(Output& output, const model::Model& model, const Layout& layout) {
  Texts names;
  for (std::size_t i = static_cast<std::size_t>(layout.first_event); i < model.declarations.size(); ++i) {
    names.push_back(model.declarations[i].name);
  }
  const std::string path = "/dictionary/events";
  output.group(path, "the events");
  output.integers(path + "/event_id", count_up(names.size()), layout.event_id, {"", "as in events"});
  output.texts(path + "/name", names, {"", "as in the model"});
}

const char* kind_of(expression::Type::Kind kind) {
  switch (kind) {
    case expression::Type::Kind::boolean:
      return "boolean";
    case expression::Type::Kind::category:
      return "category";
    case expression::Type::Kind::number:
      break;
  }
  return "number";
}

void write_attributes(Output& output, const model::Model& model, const Layout& layout) {
  Texts names, kinds, units, descriptions, levels;
  Integers drawn, level_attributes, level_ids;
  for (std::size_t a = 0; a < model.attributes.size(); ++a) {
    const model::Attribute& attribute = model.attributes[a];
    names.push_back(attribute.name);
    kinds.emplace_back(kind_of(attribute.type.kind));
    units.push_back(unit_of(attribute.type));
    descriptions.push_back(attribute.description);
    drawn.push_back(attribute.known_at_start() ? 1 : 0);
    if (attribute.type.kind != expression::Type::Kind::category || !attribute.type.levels) continue;
    for (std::size_t level = 0; level < attribute.type.levels->size(); ++level) {
      level_attributes.push_back(static_cast<std::int64_t>(a) + 1);
      level_ids.push_back(static_cast<std::int64_t>(level) + 1);
      levels.push_back((*attribute.type.levels)[level]);
    }
  }
  const std::string path = "/dictionary/attributes", level_path = "/dictionary/levels";
  output.group(path, "the patients' attributes");
  output.integers(path + "/attribute_id", count_up(names.size()), layout.attribute_id, {"", "as in changes"});
  output.texts(path + "/name", names, {"", "as in the model, and of the column in baseline"});
  output.texts(path + "/kind", kinds, {"", "number, boolean (0 no, 1 yes) or category (level_id in levels)"});
  output.texts(path + "/unit", units, {"", "of numbers"});
  output.texts(path + "/description", descriptions, {"", "as in the model"});
  output.integers(path + "/drawn", drawn, Element::int8, {"", "1: drawn at the start; 0: starts at a fixed value"});
  output.group(level_path, "the levels of categories");
  output.integers(level_path + "/attribute_id", level_attributes, layout.attribute_id, {"", "whose level"});
  output.integers(level_path + "/level_id", level_ids, Element::int32, {"", "as in baseline and changes"});
  output.texts(level_path + "/name", levels, {"", "as in the model"});
}

void write_strategies(Output& output, const model::Model& model, const Layout& layout) {
  Texts labels;
  Integers reference;
  std::int64_t chosen = 1;  // the first, unless another is declared
  for (std::size_t s = 0; s < model.strategies.size(); ++s) {
    if (model.strategies[s].reference) chosen = static_cast<std::int64_t>(s) + 1;
  }
  for (const std::int64_t id : layout.strategy_ids) {
    labels.push_back(model.strategies[static_cast<std::size_t>(id - 1)].label);
    reference.push_back(chosen == id ? 1 : 0);
  }
  const std::string path = "/dictionary/strategies";
  output.group(path, "the strategies that were simulated, in order");
  output.integers(path + "/strategy_id", layout.strategy_ids, Element::int32, {"", "place in the model"});
  output.texts(path + "/name", layout.strategies, {"", "as in the model, and of the group in /strategies"});
  output.texts(path + "/label", labels, {"", "for display"});
  output.integers(path + "/reference", reference, Element::int8, {"", "1: others are compared with it"});
}

}  // namespace

void write_dictionary(Output& output, const model::Model& model, const Layout& layout) {
  output.group("/dictionary", "what the ids mean; all ids count from 1");
  write_states(output, model, layout);
  write_transitions(output, model, layout);
  write_events(output, model, layout);
  write_attributes(output, model, layout);
  write_strategies(output, model, layout);
}

}  // namespace sojourn::store
