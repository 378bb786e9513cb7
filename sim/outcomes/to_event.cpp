#include "outcomes/to_event.hpp"

#include <algorithm>

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

void put_ratio_cells(const Item& item, const Origin& origin, double event, double horizon, Contribution& out) {
  for (std::size_t k = 0; k < item.cells.size(); ++k) {
    const Cell& cell = item.cells[k];
    const double until = origin.time + cell.time;
    if (until > horizon) {
      out.marks[k] = Mark::too_short;
    } else if (cell.quantity == Quantity::proportion) {
      out.marks[k] = (event <= until) != cell.event_free ? Mark::yes : Mark::no;
    } else {
      const bool lost = cell.functional == Functional::time_lost;
      const double stop = std::min(event, until);
      out.marks[k] = Mark::yes;
      out.values[k] = lost ? item.fixed_point(until) - item.fixed_point(stop)
                           : item.fixed_point(stop) - item.fixed_point(origin.time);
    }
  }
}

CurveEnd curve_end(double event, double competing, double censored) {
  if (event <= censored) return {CurveEnd::Kind::event, event};
  if (competing <= censored) return {CurveEnd::Kind::competing, competing};
  return {CurveEnd::Kind::censored, censored};
}

}  // namespace

std::vector<Cell> cells_of_times(const model::Model& model, const model::Outcome& outcome, Functional at_time,
                                 Functional mean) {
  refuse(outcome, outcome.target.empty(), "target", "nothing to wait for: name states or events");
  refuse(outcome, outcome.at.empty() && !outcome.until, "at", "no times: give `at` or `restricted_mean`");
  std::vector<Cell> cells;
  for (const double time : outcome.at) {
    refuse(outcome, !(time >= 0) || time > model.horizon, "at", "a time after the horizon");
    refuse(outcome, outcome.landmark && time < *outcome.landmark, "at", "a time before the landmark");
    cells.push_back({measure(at_time), Quantity::proportion, time, "", at_time, at_time == Functional::survival});
  }
  if (outcome.until) {
    refuse(outcome, !(*outcome.until > 0) || *outcome.until > model.horizon, "restricted_mean", "after the horizon");
    cells.push_back({measure(mean), Quantity::time, *outcome.until, "", mean, false});
  }
  return cells;
}

bool observe_to_event(const Item& item, const Conditions& conditions, const Origin& origin, Life& life,
                      Contribution& out) {
  double event = life.first_time(item.target, origin, conditions.where);
  double competing = never;
  if (!item.competing.empty()) {
    competing = life.first_time(item.competing, origin);
    (competing < event ? event : competing) = never;
  }
  const double censored = item.curve ? std::min(life.first_time(item.censor, origin), life.horizon()) : life.horizon();
  if (item.outcome.landmark) {
    const double landmark = origin.time + *item.outcome.landmark;
    if (std::min(event, competing) <= landmark || (item.curve && censored <= landmark)) return false;
  }
  if (item.curve) {
    out.end = curve_end(event, competing, censored);
  } else {
    put_ratio_cells(item, origin, event, life.horizon(), out);
  }
  return true;
}

}  // namespace sojourn::outcomes
