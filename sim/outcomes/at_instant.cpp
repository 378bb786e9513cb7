#include "outcomes/at_instant.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace sojourn::outcomes {

namespace {

// The level of most of the first lives, so that few have to be listed.
std::int32_t most_frequent(const Item& item, const Answers& answers, const Counted& counted) {
  constexpr std::size_t looked_at = 64;
  std::size_t best = 0;
  std::ptrdiff_t most = 0;
  const auto few = std::span(counted.lives).first(std::min(looked_at, counted.lives.size()));
  for (std::size_t k = 0; k < item.level_values.size(); ++k) {
    const auto n = std::ranges::count_if(
        few, [&](std::uint32_t l) { return answers.value(item.subject, l) == item.level_values[k]; });
    if (n > most) {
      most = n;
      best = k;
    }
  }
  return static_cast<std::int32_t>(best);
}

}  // namespace

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

void observe_at_instant(const Item& item, const Answers& answers, const Counted& counted, Records& records) {
  const std::vector<double>& levels = item.level_values;
  const auto level_of = [&](double value) {  // of one who is not followed, NaN: none
    return static_cast<std::int32_t>(std::ranges::find(levels, value) - levels.begin());
  };
  records.usual_place = most_frequent(item, answers, counted);
  records.usual_followed = 1;
  const double usual = levels[static_cast<std::size_t>(records.usual_place)];
  for (const std::uint32_t l : counted.lives) {
    const double value = answers.value(item.subject, l);
    if (value == usual) continue;
    const bool short_of = item.outcome.until && answers.origin(item.origin, l) + *item.outcome.until > item.horizon;
    records.listed.push_back({l, counted.group[l], level_of(value), short_of ? 0 : 1});
  }
}

bool changes_late(const Item& item, const Answers& answers, const Counted& counted) {
  if (item.subject == item.subject_observed) return false;
  return std::ranges::any_of(counted.lives, [&](std::uint32_t l) {
    return answers.value(item.subject, l) != answers.value(item.subject_observed, l);
  });
}

}  // namespace sojourn::outcomes
