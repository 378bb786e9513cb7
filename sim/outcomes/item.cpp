#include "outcomes/item.hpp"

#include <algorithm>

#include "base/exact_sum.hpp"
#include "outcomes/levels.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/targets.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<GroupLevel> groups_of(const model::Model& model, const model::Outcome& outcome,
                                  const std::vector<Code>& codes) {
  if (!outcome.group) return {{"", 1}};
  std::vector<GroupLevel> groups;
  for (const Code& code : codes) {  // a strategy's parameters may change a number's levels
    for (GroupLevel& level : levels_of(model, *outcome.group, code)) {
      const auto same = [&level](const GroupLevel& g) { return g.value == level.value; };
      if (std::none_of(groups.begin(), groups.end(), same)) groups.push_back(std::move(level));
    }
  }
  refuse(outcome, groups.empty(), "group", "a number without a list of levels; write a condition or a category");
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  return groups;
}

void check_frame(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.landmark && (!(*outcome.landmark >= 0) || *outcome.landmark > model.horizon), "landmark",
         "after the horizon");
  refuse(outcome, outcome.group_at == model::GroupAt::landmark && outcome.group && !outcome.landmark, "group_at",
         "there is no landmark");
}

// Who is counted, and in which group.
void ask_frame(const Setup& setup, Item& item, std::vector<Frame>& frames) {
  const model::Model& model = setup.model;
  Queries& queries = setup.queries;
  const model::Outcome& outcome = item.outcome;
  const std::vector<Code> group = codes_of(setup, outcome.group);
  item.groups = groups_of(model, outcome, group);
  item.origin = queries.origin(outcome.origin);
  Frame frame;
  frame.origin = item.origin;
  frame.landmark = outcome.landmark.value_or(0);
  frame.population = queries.value(item.origin, frame.landmark, codes_of(setup, outcome.population));
  if (outcome.group_at == model::GroupAt::end) {
    frame.group = queries.value(from_start, model.horizon, group);
  } else {
    const bool at_landmark = outcome.group_at == model::GroupAt::landmark;
    frame.group = queries.value(item.origin, at_landmark ? frame.landmark : 0, group);
  }
  for (const GroupLevel& level : item.groups) frame.levels.push_back(level.value);
  const auto same = std::find(frames.begin(), frames.end(), frame);
  item.frame = static_cast<std::size_t>(same - frames.begin());
  if (same == frames.end()) frames.push_back(frame);
}

void number_means(Item& item) {
  if (item.means > 0) return;  // the kind has done so
  for (Cell& cell : item.cells) {
    if (cell.quantity != Quantity::mean || cell.quantile > 0 || item.curve) continue;
    cell.place = static_cast<std::int32_t>(item.means++);
  }
}

}  // namespace

std::vector<Code> codes_of(const Setup& setup, const std::optional<expression::Expression>& expression) {
  std::vector<Code> codes;
  for (const auto& parameters : setup.parameter_sets) {
    if (expression) {
      codes.push_back(expression::compile(*expression, parameters, setup.model.states.size()));
    } else {
      codes.emplace_back();
      codes.back().value = 1;
    }
  }
  return codes;
}

void measure_in(const Item& item, Cell& cell, const std::string& unit, int fraction_bits, const Bounds& bounds) {
  refuse(item.outcome, fraction_bits < 0, "until", "too long a time to be added up exactly");
  cell.unit = unit;
  cell.fraction_bits = fraction_bits;
  cell.bounds = bounds;
}

void measure_in(Item& item, const std::string& unit, int fraction_bits, const Bounds& bounds) {
  for (Cell& cell : item.cells) {
    if (cell.quantity == Quantity::mean) measure_in(item, cell, unit, fraction_bits, bounds);
  }
}

void measure_in_years(Item& item, double most) {
  const int fraction_bits = fraction_bits_for(most);
  measure_in(item, "years", fraction_bits, {0, most});
  item.scale = binary_power(fraction_bits);
}

Item item_of(const Setup& setup, const model::Outcome& outcome, std::vector<Frame>& frames) {
  const model::Model& model = setup.model;
  check_frame(model, outcome);
  Item item;
  item.kind = &kind_of(outcome.kind);
  item.outcome = outcome;
  item.horizon = model.horizon;
  item.cells = item.kind->cells(model, outcome);
  item.curve = outcome.censor.has_value();
  ask_frame(setup, item, frames);
  item.kind->prepare(setup, item);
  number_means(item);
  check_targets(item);
  return item;
}

}  // namespace sojourn::outcomes
