#include "outcomes/item.hpp"

#include <algorithm>
#include <limits>

#include "base/exact_sum.hpp"
#include "outcomes/levels.hpp"
#include "outcomes/passage.hpp"
#include "outcomes/plan.hpp"
#include "outcomes/targets.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes {

namespace {

using expression::Expression;
using Sets = std::vector<std::vector<double>>;
using Codes = std::vector<Code>;

Codes codes_of(const model::Model& model, const std::optional<Expression>& expression, const Sets& sets) {
  Codes codes;
  for (const auto& parameters : sets) {
    if (expression) {
      codes.push_back(expression::compile(*expression, parameters, model.states.size()));
    } else {
      codes.emplace_back();
      codes.back().value = 1;
    }
  }
  return codes;
}

Codes codes_of(AttributeId attribute, std::size_t sets) {
  Code code;
  code.constant = false;
  code.only_attribute = attribute.value;
  return Codes(sets, code);
}

std::vector<GroupLevel> groups_of(const model::Model& model, const model::Outcome& outcome, const Codes& codes) {
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
void ask_frame(const model::Model& model, const Sets& sets, Item& item, Queries& queries, std::vector<Frame>& frames) {
  const model::Outcome& outcome = item.outcome;
  const Codes group = codes_of(model, outcome.group, sets);
  item.groups = groups_of(model, outcome, group);
  item.origin = queries.origin(outcome.origin);
  Frame frame;
  frame.origin = item.origin;
  frame.landmark = outcome.landmark.value_or(0);
  frame.population = queries.value(item.origin, frame.landmark, codes_of(model, outcome.population, sets));
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

void ask_first_times(const model::Model& model, const Sets& sets, Item& item, Queries& queries) {
  const model::Outcome& outcome = item.outcome;
  const auto first = [&](const model::Occurrence& of, const std::optional<Expression>& where) {
    return queries.first(item.origin, Watch(model, of), codes_of(model, where, sets));
  };
  item.target = first(outcome.target, outcome.where);
  if (outcome.competing) item.competing = first(*outcome.competing, std::nullopt);
  if (outcome.censor) item.censor = first(*outcome.censor, std::nullopt);
}

// The times at which counts are kept: those asked for, and between them steps that make a smooth curve or, for
// quantiles and under censoring, quarters of a day.
void lay_grid(const model::Model& model, Item& item) {
  std::vector<double> times;
  for (const Cell& cell : item.cells) times.push_back(cell.time);
  const bool fine = item.curve || !item.outcome.quantiles.empty();
  if (!item.curve) times.push_back(model.horizon);
  item.grid = Grid(std::move(times), fine ? steps_per_year : curve_steps / model.horizon);
  for (Cell& cell : item.cells) cell.place = static_cast<std::int32_t>(item.grid.bin_ending(cell.time));
  item.always_followed = !item.outcome.origin.valid();
  if (item.curve) return;
  item.steps = item.grid.bins();
  item.places = item.steps + 1;
  std::vector<std::int32_t> shown;  // places of the cells' times, rising
  for (const Cell& cell : item.cells) {
    if (cell.quantity == Quantity::proportion) shown.push_back(cell.place);
  }
  auto next = shown.begin();
  for (std::size_t place = 0; place < item.places; ++place) {
    while (next != shown.end() && static_cast<std::size_t>(*next) < place) ++next;
    item.looked_at.push_back(static_cast<std::int32_t>(next - shown.begin()));
  }
}

void ask_instants(const model::Model& model, const Sets& sets, Item& item, Queries& queries) {
  const model::Outcome& outcome = item.outcome;
  const bool share = outcome.kind == model::OutcomeKind::share;
  const Codes codes = share ? codes_of(model, outcome.share, sets) : codes_of(outcome.attribute, sets.size());
  item.level_values = {0, 1};
  if (!share) {
    item.level_values.clear();
    for (const GroupLevel& level : levels_of(model.attributes[outcome.attribute.index()])) {
      item.level_values.push_back(level.value);
    }
  }
  item.places = item.level_values.size() + 1;
  item.steps = 1;
  if (outcome.until) {
    item.subject = item.subject_observed = queries.value(item.origin, *outcome.until, codes);
    return;
  }
  item.subject = queries.value(from_start, model.horizon, codes);
  const double observed = std::min(model.observed_until.value_or(model.horizon), model.horizon);
  item.subject_observed = queries.value(from_start, observed, codes);
}

void scale_means(const model::Model& model, Item& item) {
  for (Cell& cell : item.cells) {
    if (cell.quantity == Quantity::mean && cell.quantile == 0) {
      if (item.means == 0) item.mean_cell = static_cast<std::size_t>(&cell - item.cells.data());
      cell.place = static_cast<std::int32_t>(item.means++);
    }
  }
  if (item.curve) item.means = 0;
  using Kind = model::OutcomeKind;
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  const bool whole = item.outcome.kind == Kind::qalys || item.outcome.kind == Kind::life_years;
  item.most = item.outcome.until.value_or(model.horizon);
  item.fraction_bits = fraction_bits_for(whole ? model.horizon : item.most);
  refuse(item.outcome, item.fraction_bits < 0, "until", "too long a time to be added up exactly");
  if (item.outcome.kind == Kind::count) {
    item.unit = "1";
    item.most = unbounded;
    item.fraction_bits = 0;
  } else if (item.outcome.kind == Kind::cost) {
    item.unit = model.currency.empty() ? "money" : model.currency;
    item.least = -unbounded;
    item.most = unbounded;
    item.fraction_bits = money_bits;
  } else if (item.outcome.kind == Kind::qalys) {
    item.unit = "QALYs";
    item.least = -unbounded;
    item.most = unbounded;
  }
  item.scale = binary_power(item.fraction_bits);
}

}  // namespace

Item item_of(const model::Model& model, const model::Outcome& outcome, const Sets& sets, Queries& queries,
             std::vector<Frame>& frames) {
  check_frame(model, outcome);
  Item item;
  item.kind = &kind_of(outcome.kind);
  item.outcome = outcome;
  item.horizon = model.horizon;
  item.cells = item.kind->cells(model, outcome);
  item.curve = outcome.censor.has_value();
  ask_frame(model, sets, item, queries, frames);
  if (outcome.kind == model::OutcomeKind::survival || outcome.kind == model::OutcomeKind::incidence) {
    ask_first_times(model, sets, item, queries);
    lay_grid(model, item);
  } else if (outcome.kind == model::OutcomeKind::share || outcome.kind == model::OutcomeKind::distribution) {
    ask_instants(model, sets, item, queries);
  } else {
    item.watch = Watch(model, outcome.target);
  }
  scale_means(model, item);
  check_targets(item);
  return item;
}

}  // namespace sojourn::outcomes
