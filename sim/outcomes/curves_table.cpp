#include <cmath>
#include <string_view>

#include "outcomes/interval.hpp"
#include "outcomes/more_tables.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::outcomes {

namespace {

struct CurveRow {
  std::string_view outcome, label, kind, method, group, level, strategy;  // of the plan, which lives longer
  double time = 0;                                                        // [years] since the origin
  bool extrapolated = false;
  std::int64_t at_risk = 0;  // counted and followed, to whom nothing that ends the risk has happened before
  double estimate = missing, se = missing, lower = missing, upper = missing;
};

class CurveRows {
 public:
  CurveRows(const Compiled& plan, const Sums& sums) : plan_(plan), sums_(sums) {}

  std::vector<CurveRow> all() {
    for (const Item& item : plan_.items) {
      if (item.grid.bins() == 0) continue;
      for (std::size_t g = 0; g < item.groups.size(); ++g) {
        for (std::size_t s = 0; s < plan_.strategies.size(); ++s) {
          begin(item, g, s);
          if (item.curve) {
            censored(item, g, s);
          } else {
            complete(item, g, s);
          }
        }
      }
    }
    for (std::size_t s = 0; s < plan_.strategies.size(); ++s) occupancy(s);
    return std::move(rows_);
  }

 private:
  void begin(const Item& item, std::size_t group, std::size_t strategy) {
    row_ = {};
    row_.outcome = item.outcome.name;
    row_.label = item.outcome.label.empty() ? std::string_view(item.outcome.name) : item.outcome.label;
    row_.kind = item.kind->name;
    row_.group = item.groups[group].label;
    row_.strategy = plan_.strategies[strategy].name;
    row_.method = !item.curve ? "proportion" : item.competing == no_query ? "kaplan_meier" : "aalen_johansen";
  }

  void add(double time) {
    row_.time = time;
    row_.extrapolated = plan_.observed_until && time > *plan_.observed_until * (1 + 1e-12);
    rows_.push_back(row_);
  }

  // A proportion, as in the table of outcomes.
  void proportion(Int128 x, Int128 n, double time) {
    row_.estimate = row_.se = row_.lower = row_.upper = missing;
    if (n > 0) {
      const double share = to_double(x) / to_double(n);
      const Interval interval = proportion_interval(x, n);
      row_.estimate = share;
      if (x > 0 && x < n) row_.se = std::sqrt(to_double(x) * to_double(n - x) / to_double(n)) / to_double(n);
      row_.lower = interval.lower;
      row_.upper = interval.upper;
    }
    add(time);
  }

  void complete(const Item& item, std::size_t group, std::size_t strategy) {
    const bool free = item.cells.front().event_free || item.outcome.kind == model::OutcomeKind::survival;
    const std::vector<ProportionSums> times = sums_.free_at_times(item, group, strategy);
    for (const std::size_t j : shown(item.grid)) {
      if (item.outcome.landmark && item.grid.edges()[j] < *item.outcome.landmark) continue;
      row_.at_risk = static_cast<std::int64_t>(times[j].x);
      proportion(free ? times[j].x : times[j].n - times[j].x, times[j].n, item.grid.edges()[j]);
    }
  }

  void censored(const Item& item, std::size_t group, std::size_t strategy) {
    const bool survival = item.outcome.kind == model::OutcomeKind::survival;
    const Curve curve(item.grid, sums_.curve(item, group, strategy));
    for (const std::size_t j : shown(item.grid)) {
      const CurveValue read = curve.read(survival ? Functional::survival : Functional::incidence, item.grid.edges()[j]);
      row_.at_risk = static_cast<std::int64_t>(read.at_risk);
      row_.estimate = row_.se = row_.lower = row_.upper = missing;
      if (read.reached) {
        row_.estimate = read.value;
        const double at_free = survival ? read.value : 1 - read.value;
        if (read.variance > 0 && at_free > 0 && at_free < 1) {
          row_.se = std::sqrt(read.variance);
          const Interval interval = survival_interval(item.outcome.interval, at_free, row_.se);
          row_.lower = survival ? interval.lower : 1 - interval.upper;
          row_.upper = survival ? interval.upper : 1 - interval.lower;
        }
      }
      add(item.grid.edges()[j]);
    }
  }

  void occupancy(std::size_t strategy) {
    for (std::size_t state = 0; state < plan_.state_names.size(); ++state) {
      row_ = {};
      row_.outcome = row_.label = row_.kind = "occupancy";
      row_.method = "proportion";
      row_.level = plan_.state_names[state];
      row_.strategy = plan_.strategies[strategy].name;
      row_.at_risk = sums_.patients();
      const std::vector<std::int64_t> inside = sums_.passage(strategy).occupancy(state);
      for (std::size_t j = 0; j < inside.size(); ++j) {
        proportion(inside[j], sums_.patients(), plan_.passages.grid.edges()[j]);
      }
    }
  }

  // All times of an exact or coarse grid; of a finer one, those nearest to even steps.
  [[nodiscard]] static std::vector<std::size_t> shown(const Grid& grid) {
    std::vector<std::size_t> chosen;
    const std::size_t bins = grid.bins();
    const std::size_t step =
        !grid.exact() && bins > std::size_t{2} * curve_steps ? (bins + curve_steps - 1) / curve_steps : 1;
    for (std::size_t j = 0; j < bins; j += step) chosen.push_back(j);
    if (chosen.back() + 1 != bins) chosen.push_back(bins - 1);
    return chosen;
  }

  const Compiled& plan_;
  const Sums& sums_;
  CurveRow row_;
  std::vector<CurveRow> rows_;
};

}  // namespace

Table curves_table(const Compiled& plan, const Sums& sums) {
  const std::vector<CurveRow> rows = CurveRows(plan, sums).all();
  TableColumns<CurveRow> columns(rows);
  columns.add("outcome", "", "name of the outcome, or occupancy",
              [](const CurveRow& r) { return std::string(r.outcome); });
  columns.add("label", "", "its label", [](const CurveRow& r) { return std::string(r.label); });
  columns.add("kind", "", "survival, incidence or occupancy", [](const CurveRow& r) { return std::string(r.kind); });
  columns.add("method", "", "proportion, kaplan_meier or aalen_johansen",
              [](const CurveRow& r) { return std::string(r.method); });
  columns.add("group", "", "level of the group", [](const CurveRow& r) { return std::string(r.group); });
  columns.add("level", "", "of occupancy: the state", [](const CurveRow& r) { return std::string(r.level); });
  columns.add("strategy", "", "name of the strategy", [](const CurveRow& r) { return std::string(r.strategy); });
  columns.add("time", "years", "since the origin", [](const CurveRow& r) { return r.time; });
  columns.add("extrapolated", "", "1: beyond what was observed",
              [](const CurveRow& r) { return std::int64_t{r.extrapolated ? 1 : 0}; });
  columns.add("at_risk", "", "counted, followed that long, and free of the event; of occupancy: all patients",
              [](const CurveRow& r) { return r.at_risk; });
  columns.add("estimate", "", "", [](const CurveRow& r) { return r.estimate; });
  columns.add("se", "", "Monte Carlo standard error; missing if no two patients differ",
              [](const CurveRow& r) { return r.se; });
  columns.add("lower", "", "95% interval", [](const CurveRow& r) { return r.lower; });
  columns.add("upper", "", "95% interval", [](const CurveRow& r) { return r.upper; });
  return {"curves", "survival, incidence and state occupancy over time", columns.take()};
}

}  // namespace sojourn::outcomes
