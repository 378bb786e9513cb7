#include "outcomes/at_instant.hpp"

#include <algorithm>
#include <utility>

namespace sojourn::outcomes {

void check_instant(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.censor.has_value(), "censor_at", "works with survival and incidence only");
  refuse(outcome, outcome.until && (!(*outcome.until >= 0) || *outcome.until > model.horizon), "by",
         "after the horizon");
}

void prepare_at_instant(const Setup& setup, const std::vector<Code>& codes, std::vector<double> levels, Item& item) {
  const model::Model& model = setup.model;
  item.level_values = std::move(levels);
  item.places = item.level_values.size() + 1;
  item.steps = 1;
  if (item.outcome.until) {
    item.subject = item.subject_observed = setup.queries.value(item.origin, *item.outcome.until, codes);
    return;
  }
  item.subject = setup.queries.value(from_start, model.horizon, codes);
  const double observed = std::min(model.observed_until.value_or(model.horizon), model.horizon);
  item.subject_observed = setup.queries.value(from_start, observed, codes);
}

void observe_at_instant(const Item& item, const Answers& answers, std::size_t lives, Records& records) {
  const auto none = static_cast<std::int32_t>(item.level_values.size());
  for (std::size_t l = 0; l < lives; ++l) {
    if (records.group[l] == not_counted) continue;
    const double origin = answers.origin(item.origin, l).time;
    records.place[l] = none;
    records.followed[l] = item.outcome.until && origin + *item.outcome.until > item.horizon ? 0 : 1;
    if (records.followed[l] == 0) continue;
    const double value = answers.value(item.subject, l);
    const auto level = std::find(item.level_values.begin(), item.level_values.end(), value);
    records.place[l] = static_cast<std::int32_t>(level - item.level_values.begin());
  }
}

bool changes_late(const Item& item, const Answers& answers, std::size_t lives, const Records& records) {
  if (item.subject == item.subject_observed) return false;
  for (std::size_t l = 0; l < lives; ++l) {
    if (records.group[l] == not_counted) continue;
    if (answers.value(item.subject, l) != answers.value(item.subject_observed, l)) return true;
  }
  return false;
}

}  // namespace sojourn::outcomes
