#include "outcomes/to_event.hpp"

#include <algorithm>

#include "base/number_text.hpp"
#include "base/wide.hpp"
#include "outcomes/discount.hpp"
#include "outcomes/passage.hpp"

namespace sojourn::outcomes {

namespace {

std::string measure(Functional functional) {
  switch (functional) {
    case Functional::survival:
      return "survival";
    case Functional::incidence:
      return "incidence";
    case Functional::restricted_mean:
      return "restricted_mean";
    case Functional::time_lost:
      return "time_lost";
  }
  return "";
}

void ask_first_times(const Setup& setup, Item& item) {
  const model::Outcome& outcome = item.outcome;
  const auto first = [&](const model::Occurrence& of, const std::optional<expression::Expression>& where) {
    return setup.queries.first(item.origin, Watch(setup.model, of), codes_of(setup, where));
  };
  item.target = first(outcome.target, outcome.where);
  if (outcome.competing) item.competing = first(*outcome.competing, std::nullopt);
  if (outcome.censor) item.censor = first(*outcome.censor, std::nullopt);
}

// The times at which counts are kept: those asked for, and between them steps that make a smooth curve or, for
// quantiles and under censoring, quarters of a day.
void lay_grid(const Setup& setup, Item& item) {
  const model::Model& model = setup.model;
  std::vector<double> times;
  for (const Cell& cell : item.cells) times.push_back(cell.time);
  const bool fine = item.curve || !item.outcome.quantiles.empty();
  if (!item.curve) times.push_back(model.horizon);
  item.grid = setup.exact ? Grid(std::move(times), *setup.exact)
                          : Grid(std::move(times), fine ? steps_per_year : curve_steps / model.horizon);
  for (Cell& cell : item.cells) cell.place = static_cast<std::int32_t>(item.grid.bin_ending(cell.time));
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

struct Times {
  double event, competing;  // only the earlier of the two; `never`
};

Times times_of(const Item& item, const Answers& answers, std::size_t life) {
  const double event = answers.first(item.target, life), competing = answers.first(item.competing, life);
  return competing < event ? Times{never, competing} : Times{event, never};
}

// What `observe_to_event` finds one by one, where all are followed from the start on and only one thing can happen:
// most outcomes of most models, and without branches a tenth of their time less.
void list_all_from_the_start(const Item& item, const std::vector<double>& event,
                             const std::vector<std::uint32_t>& happened, const std::vector<std::int32_t>& groups,
                             std::vector<Records::Record>& listed) {
  const auto steps = static_cast<std::int32_t>(item.steps);
  listed.resize(happened.size());
  std::size_t n = 0;
  for (const std::uint32_t l : happened) {
    const auto place = static_cast<std::int32_t>(item.grid.bin(0, event[l]));
    listed[n] = {l, groups[l], place, steps};
    n += static_cast<std::size_t>((groups[l] != not_counted) & (place < steps));
  }
  listed.resize(n);
}

// Of all lives: the restricted mean, which comes after the times.
void put_means(const Item& item, const Answers& answers, std::vector<std::int64_t>& values) {
  const Cell& cell = item.cells[item.outcome.at.size()];
  const std::vector<double>& origins = answers.origins[static_cast<std::size_t>(item.origin)];
  const bool lost = cell.functional == Functional::time_lost;
  wide([=, event = answers.first_times(item.target), competing = answers.first_times(item.competing),
        origin = origins.data(), lives = origins.size(), out = values.data(), time = cell.time, horizon = item.horizon,
        scale = item.scale] {
    for (std::size_t l = 0; l < lives; ++l) {
      const double until = origin[l] + time;
      double first = event[l];
      if (competing != nullptr) first = competing[l] < first ? never : first;
      const double stop = first < until ? first : until;
      const double from = lost ? stop : origin[l], to = lost ? until : stop;
      const bool followed = until <= horizon;
      const double units = whole_part(to * scale + 0.5) - whole_part(from * scale + 0.5);
      out[l] = followed ? static_cast<std::int64_t>(nearest_integer(units)) : no_number;
    }
  });
}

}  // namespace

std::vector<Cell> cells_of_times(const model::Model& model, const model::Outcome& outcome, Functional at_time,
                                 Functional mean) {
  refuse(outcome, outcome.target.empty(), "target", "nothing to wait for: name states or events");
  refuse(outcome, outcome.at.empty() && !outcome.until && outcome.quantiles.empty(), "at",
         "no times: give `at`, `restricted_mean` or `quantiles`");
  std::vector<Cell> cells;
  for (const double time : outcome.at) {
    refuse(outcome, !(time >= 0) || time > model.horizon, "at", "a time after the horizon");
    refuse(outcome, outcome.landmark && time < *outcome.landmark, "at", "a time before the landmark");
    Cell cell;
    cell.measure = measure(at_time);
    cell.time = time;
    cell.functional = at_time;
    cell.event_free = at_time == Functional::survival;
    cells.push_back(cell);
  }
  if (outcome.until) {
    refuse(outcome, !(*outcome.until > 0) || *outcome.until > model.horizon, "restricted_mean", "after the horizon");
    Cell cell;
    cell.measure = measure(mean);
    cell.quantity = Quantity::mean;
    cell.time = *outcome.until;
    cell.functional = mean;
    cells.push_back(cell);
  }
  for (const double share : outcome.quantiles) {
    Cell cell;
    cell.measure = "quantile";
    cell.quantity = Quantity::mean;
    cell.level = number_text(share);
    cell.quantile = share;
    cell.time = model.horizon;
    cell.functional = at_time;
    cells.push_back(cell);
  }
  return cells;
}

void prepare_to_event(const Setup& setup, Item& item) {
  ask_first_times(setup, item);
  lay_grid(setup, item);
  measure_in_years(item, item.outcome.until.value_or(setup.model.horizon));
}

void observe_to_event(const Item& item, const Answers& answers, const Counted& counted, Records& records) {
  const auto at = [](std::int32_t query) { return static_cast<std::size_t>(query); };
  const auto steps = static_cast<std::int32_t>(item.steps);
  const std::vector<std::uint32_t>&later = answers.later[at(item.origin)],
        &happened = answers.happened[at(item.target)];
  const std::vector<double>& origins = answers.origins[at(item.origin)];
  records.usual_place = records.usual_followed = steps;
  if (item.means > 0) put_means(item, answers, records.values[0]);
  if (!item.outcome.landmark && item.competing == no_query && later.empty()) {
    return list_all_from_the_start(item, answers.firsts[at(item.target)], happened, counted.group, records.listed);
  }
  const auto look = [&](std::uint32_t l) {
    if (counted.group[l] == not_counted) return;
    const double origin = origins[l];
    const Times times = times_of(item, answers, l);
    if (item.outcome.landmark && std::min(times.event, times.competing) <= origin + *item.outcome.landmark) {
      records.listed.push_back({l, not_counted, 0, 0});
      return;
    }
    const auto followed = origin > 0 ? static_cast<std::int32_t>(item.grid.reached(origin, item.horizon)) : steps;
    std::int32_t place = followed;
    if (times.event < never) place = std::min(followed, static_cast<std::int32_t>(item.grid.bin(origin, times.event)));
    if (place < steps || followed < steps) records.listed.push_back({l, counted.group[l], place, followed});
  };
  for (const std::uint32_t l : later) look(l);
  for (const std::uint32_t l : happened) {
    if (origins[l] == 0) look(l);
  }
  if (item.outcome.landmark && item.competing != no_query) {
    for (const std::uint32_t l : answers.happened[at(item.competing)]) {
      if (origins[l] == 0 && !(answers.first(item.target, l) < never)) look(l);
    }
  }
}

std::optional<CurveEnd> curve_end(const Item& item, const Answers& answers, std::size_t life) {
  const double origin = answers.origin(item.origin, life);
  const Times times = times_of(item, answers, life);
  const double censored = std::min(answers.first(item.censor, life), item.horizon);
  if (item.outcome.landmark) {
    const double landmark = origin + *item.outcome.landmark;
    if (std::min({times.event, times.competing, censored}) <= landmark) return std::nullopt;
  }
  if (times.event <= censored) return CurveEnd{CurveEnd::Kind::event, origin, times.event};
  if (times.competing <= censored) return CurveEnd{CurveEnd::Kind::competing, origin, times.competing};
  return CurveEnd{CurveEnd::Kind::censored, origin, censored};
}

}  // namespace sojourn::outcomes
