// time_in: the mean time spent in some states between the origin and `until` after it (without `until`: the horizon).
#include "outcomes/window.hpp"

namespace sojourn::outcomes {

namespace {

std::vector<Cell> cells(const model::Model& model, const model::Outcome& outcome) {
  refuse(outcome, outcome.target.empty(), "time_in", "no states");
  refuse(outcome, !outcome.target.events.empty(), "time_in", "an event has no duration; name states");
  check_window(model, outcome);
  return {window_cell(model, outcome, "time_in")};
}

void prepare(const Setup& setup, Item& item) {
  measure_in_years(item, item.outcome.until.value_or(setup.model.horizon));
  item.times_in =
      setup.queries.times_in(item.origin, item.outcome.until, item.scale, Watch(setup.model, item.outcome.target));
}

void observe(const Item& item, const Answers& answers, const Counted&, Records& records) {
  const StayTimes& times = answers.stay_times[item.times_in.question];
  std::vector<std::int64_t>& values = records.values.front();
  const std::uint8_t* const followed = times.followed();
  for (std::size_t l = 0; l < times.lives(); ++l) values[l] = followed[l] != 0 ? 0 : no_number;
  for (const std::uint32_t column : item.times_in.columns) {
    const std::int64_t* const one = times.column(column);
    for (std::size_t l = 0; l < times.lives(); ++l) values[l] += one[l];
  }
}

}  // namespace

const Kind time_in_kind = {model::OutcomeKind::time_in, "time_in", cells, prepare, observe, nullptr};

}  // namespace sojourn::outcomes
