// Outcomes about what lives are worth: costs, QALYs, life years, costs against an effect.
#include <algorithm>

#include "base/similar.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

// A cost or a category; false if there is none of the name.
bool choose(const Model& model, const std::string& name, std::vector<bool>& chosen) {
  bool found = false;
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    const Cost& cost = model.costs[c];
    const bool meant = name == "all" || cost.name == name || cost.category == name;
    chosen[c] = chosen[c] || meant;
    found = found || meant;
  }
  return found;
}

// Those that are not absorbing; of QALYs also those that have a weight.
Occurrence all_states(const Reading& reading, OutcomeKind kind) {
  Occurrence all;
  for (std::size_t s = 0; s < reading.model.states.size(); ++s) {
    const bool weighed = kind == OutcomeKind::qalys && s < reading.weighed.size() && reading.weighed[s];
    all.states.push_back(!reading.model.states[s].absorbing || weighed);
  }
  return all;
}

std::vector<std::string> names_of_costs(const Model& model) {
  std::vector<std::string> known{"all"};
  for (const Cost& one : model.costs) {
    known.push_back(one.name);
    if (!one.category.empty()) known.push_back(one.category);
  }
  return known;
}

}  // namespace

std::vector<bool> read_chosen_costs(Reading& reading, const Item& item) {
  std::vector<bool> chosen(reading.model.costs.size(), false);
  if (chosen.empty()) {
    if (item) reading.source.add(item, "the model has no costs", "", "write `costs`");
    return chosen;
  }
  for (const Item& one : reading.source.one_or_more(item)) {
    const auto name = reading.source.text(one);
    if (!name || name->empty() || choose(reading.model, *name, chosen)) continue;
    reading.source.add(one, "there is no cost and no category " + quoted(*name), "",
                       did_you_mean(*name, names_of_costs(reading.model)));
  }
  return chosen;
}

std::optional<Occurrence> read_counted_states(Reading& reading, const Item& item, OutcomeKind kind) {
  if (!item) return std::nullopt;
  const Model& model = reading.model;
  if (kind == OutcomeKind::qalys && model.utilities.empty()) {
    reading.source.add(item, "the model has no utilities", "", "write `utilities`");
    return std::nullopt;
  }
  if (item.is(config::Node::Kind::scalar) && item.node->text == "all") {
    return all_states(reading, kind);
  }
  auto states = read_occurrence(reading, item);
  if (states && !states->events.empty()) reading.source.add(item, "life is spent in states, not in events");
  return states;
}

Discounted read_discounted(Reading& reading, const Item& item, Discounted unsaid) {
  const bool possible = reading.model.discounting.costs || reading.model.discounting.effects;
  if (!item) return possible ? unsaid : Discounted::no;
  const auto text = reading.source.text(item);
  if (!text || *text == "false") return Discounted::no;
  if (*text != "true" && *text != "both") {
    reading.source.add(item, quoted(*text) + " does not say whether to discount", "true, false or both");
  } else if (!possible) {
    reading.source.add(item, "nothing is discounted", "the model has no `discounting`");
  }
  return *text == "true" ? Discounted::yes : Discounted::both;
}

void read_cost_effectiveness(Reading& reading, const Item& item, Outcome& outcome) {
  const Fields fields(reading.source, item, shapes::cost_effectiveness);
  if (!fields.ok()) return;
  if (fields["cost"]) outcome.costs = read_chosen_costs(reading, fields["cost"]);
  const auto given = fields.written(shapes::effects);
  if (given.size() != 1) {
    reading.source.add_at_key(item, given.empty() ? "the effect is missing" : "more than one effect", "",
                              given.empty() ? "write e.g. qalys: all" : "write an outcome for each");
    return;
  }
  outcome.effect = given.front() == "qalys" ? OutcomeKind::qalys : OutcomeKind::life_years;
  if (const auto states = read_counted_states(reading, fields[given.front()], outcome.effect)) outcome.target = *states;
}

std::vector<double> read_thresholds(Reading& reading, const Item& item) {
  std::vector<double> thresholds;
  for (const Item& one : reading.source.children(item)) {
    const auto threshold = reading.source.number(one);
    if (!threshold) continue;
    if (!(*threshold >= shapes::least_threshold && *threshold <= shapes::greatest_threshold)) {
      reading.source.add(one, "a threshold lies between 0.001 and 1e12", "currency per unit of effect");
    } else if (!thresholds.empty() && *threshold <= thresholds.back()) {
      reading.source.add(one, "the thresholds must rise");
    } else {
      thresholds.push_back(*threshold);
    }
  }
  return thresholds;
}

}  // namespace sojourn::model
