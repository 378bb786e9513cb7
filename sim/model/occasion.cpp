#include "model/occasion.hpp"

#include <algorithm>

#include "base/similar.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_factors = 1000;

std::vector<std::string> names_of_transitions(const Model& model) {
  std::vector<std::string> known;
  for (const Declaration& one : model.declarations) {
    if (one.kind == Declaration::Kind::transition) known.push_back(one.name);
  }
  return known;
}

std::vector<DeclarationId> transitions_named(Reading& reading, const Item& item) {
  const auto& declarations = reading.model.declarations;
  std::vector<DeclarationId> found;
  for (const Item& one : reading.source.one_or_more(item)) {
    if (reading.source.full()) break;
    const auto name = reading.source.text(one);
    if (!name) continue;
    const auto at = std::find_if(declarations.begin(), declarations.end(), [&](const Declaration& other) {
      return other.kind == Declaration::Kind::transition && other.name == *name;
    });
    if (at != declarations.end()) {
      found.push_back(make_id<DeclarationId>(static_cast<std::size_t>(at - declarations.begin())));
      continue;
    }
    const bool branch = reading.branch_ids.contains(*name), event = bool(reading.names.find(Names::Kind::event, *name));
    reading.source.add(one, "there is no transition " + quoted(*name),
                       branch  ? "it is a branch: write on_entry with the state it leads to"
                       : event ? "it is an event: write on_event"
                               : "",
                       did_you_mean(*name, names_of_transitions(reading.model)));
  }
  return found;
}

std::vector<MarkId> events_named(Reading& reading, const Item& item) {
  std::vector<MarkId> found;
  for (const Item& one : reading.source.one_or_more(item)) {
    const auto name = reading.source.text(one);
    if (!name) continue;
    if (const auto index = reading.names.find(Names::Kind::event, *name)) {
      found.push_back(MarkId{*index + static_cast<std::int32_t>(reading.scope.states.size())});
      continue;
    }
    const bool state = reading.names.find(Names::Kind::state, *name).has_value();
    reading.source.add(one, "no event is called " + quoted(*name), state ? "it is a state: write on_entry" : "",
                       did_you_mean(*name, reading.scope.events));
  }
  return found;
}

void read_duration(Reading& reading, const Item& item, const Item& on_entry, Occasion& made) {
  made.duration = reading.expression(item, Type::number(1), at_an_instant);
  if (!made.duration) return;
  reading.require(*made.duration, item, is_not_negative, "0 or more");
  const auto absorbing = [&](StateId s) { return reading.model.states[s.index()].absorbing; };
  if (!made.entries.empty() && std::all_of(made.entries.begin(), made.entries.end(), absorbing)) {
    reading.source.add(on_entry, "what begins here ends at once", "an absorbing state ends what lasts for a time",
                       "write an amount at once");
  }
}

// Its power of time, if it is a number.
std::optional<int> power_of(Reading& reading, const Item& item, const Expression& value) {
  if (value.type().kind == Type::Kind::number) return value.type().time_power;
  reading.source.add(item, "a factor is a number, found " + expression::describe(value.type()), "",
                     "write e.g. \"condition ? 1 : 0\"");
  return std::nullopt;
}

bool read_factor(Reading& reading, const Item& item, const ProductRead& wanted, Product& made) {
  if (!item.is(config::Node::Kind::mapping)) {
    auto value = reading.expression(item, std::nullopt, wanted.at_instants ? at_an_instant : over_time);
    const auto power = value ? power_of(reading, item, *value) : std::nullopt;
    if (!power) return false;
    if (wanted.holds != nullptr) reading.require(*value, item, wanted.holds, wanted.must);
    made.time_power += *power;
    made.factors.emplace_back(std::move(*value));
    return true;
  }
  if (wanted.at_instants) {
    reading.source.add(item, "what begins at an instant is not piecewise", "it is taken at that instant and then fixed",
                       "write an expression");
    return false;
  }
  auto steps =
      read_piecewise(reading, item, {shapes::worth_factor, shapes::worth_piecewise, {}, wanted.holds, wanted.must});
  if (!steps || !steps->values.front()) return false;
  const auto power = power_of(reading, item, steps->values.front());
  made.time_power += power.value_or(0);
  made.factors.emplace_back(std::move(*steps));
  return power.has_value();
}

}  // namespace

Occasion read_occasion(Reading& reading, const Fields& fields) {
  Occasion made;
  const auto written = fields.written(shapes::occasions);
  if (written.size() > 1) {
    reading.source.add_at_key(fields.item(), "it hangs on one thing",
                              "`" + std::string(written[0]) + "` and `" + std::string(written[1]) + "`",
                              "write an entry for each");
  }
  made.entries = reading.states(fields["on_entry"]);
  made.transitions = transitions_named(reading, fields["on_transition"]);
  made.events = events_named(reading, fields["on_event"]);
  const bool instants = !fields.written(shapes::instants).empty();
  if (fields["in"]) {
    made.states = reading.states(fields["in"]);
  } else if (!instants && !fields.has("in")) {
    made.states = reading.any_state(fields.item());
  }
  made.when = reading.expression(fields["when"], Type::boolean(), instants ? at_an_instant : over_time);
  if (!fields.out_of_place("for")) {
    read_duration(reading, fields["for"], fields["on_entry"], made);
  } else if (fields.has("for")) {
    reading.source.add_at_key(fields["for"], "`for` counts from an instant", "",
                              "write on_entry, on_transition or on_event");
  }
  return made;
}

std::optional<Product> read_product(Reading& reading, const Item& item, const ProductRead& wanted) {
  if (!item) return std::nullopt;
  Product made;
  bool good = true;
  if (!item.is(config::Node::Kind::sequence)) {
    good = read_factor(reading, item, wanted, made);
  } else if (item.node->children.empty() || item.node->children.size() > most_factors) {
    reading.source.add(item, "a product has 1 to 1000 factors",
                       counted(item.node->children.size(), "factor") + " here");
    return std::nullopt;
  } else {
    for (const Item& one : reading.source.children(item)) good = read_factor(reading, one, wanted, made) && good;
  }
  return good ? std::optional(std::move(made)) : std::nullopt;
}

void check_worth_name(Reading& reading, const Item& item, const std::string& name) {
  NameProblem wrong = name_problem(name);
  if (wrong.problem.empty() && name == "all") wrong = {quoted(name) + " means all costs together", "", "rename it"};
  if (!wrong.problem.empty()) reading.source.add_at_key(item, wrong.problem, wrong.why, wrong.hint);
}

}  // namespace sojourn::model
