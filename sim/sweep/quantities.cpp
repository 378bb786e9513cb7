#include "sweep/quantities.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "model/phrases.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::sweep {

namespace {

bool same_time(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

template <class One>
std::string name_of(const One& one, bool plain_measure, bool at_end) {
  std::string text = name_part(one.outcome);
  if (!plain_measure) text += "." + name_part(one.measure);
  if (!one.group.empty()) text += "." + name_part(one.group);
  if (!one.level.empty()) text += "." + name_part(one.level);
  if (!at_end && !std::isnan(one.time)) text += "." + time_part(one.time);
  return text;
}

// The row of a table of comparisons.
struct ComparisonRow {
  explicit ComparisonRow(const Table& table);
  const std::vector<std::string>&outcome, &measure, &unit, &group, &level, &strategy, &against;
  const std::vector<double>& time;

  [[nodiscard]] bool is(std::size_t i, const Comparison& one) const {
    return one.outcome == outcome[i] && one.measure == measure[i] && one.group == group[i] && one.level == level[i] &&
           one.strategy == strategy[i] && one.against == against[i] && same_time(one.time, time[i]);
  }
};

bool is(const outcomes::Row& row, const std::string& strategy, const Quantity& one) {
  return one.outcome == row.name && one.measure == row.measure && one.group == row.group && one.level == row.level &&
         one.strategy == strategy && same_time(one.time, row.time);
}

// `guess`: where it is if all scenarios are alike.
template <class One, class Is, class Make>
std::size_t number(std::vector<One>& known, std::size_t guess, Is matches, Make make) {
  if (guess < known.size() && matches(known[guess])) return guess;
  const auto found = std::find_if(known.begin(), known.end(), matches);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  known.push_back(make());
  return known.size() - 1;
}

const std::vector<std::string>& texts(const Table& table, std::string_view name) {
  for (const Column& one : table.columns) {
    if (one.name == name) return std::get<std::vector<std::string>>(one.values);
  }
  throw std::logic_error("a table without the column " + std::string(name));
}

ComparisonRow::ComparisonRow(const Table& table)
    : outcome(texts(table, "outcome")),
      measure(texts(table, "measure")),
      unit(texts(table, "unit")),
      group(texts(table, "group")),
      level(texts(table, "level")),
      strategy(texts(table, "strategy")),
      against(texts(table, "against")),
      time(numbers(table, "time")) {}

}  // namespace

std::vector<std::size_t> Quantities::numbers_of(const outcomes::Results& results) {
  std::vector<std::size_t> found;
  for (const outcomes::Row& row : results.rows) {
    const std::string& strategy = results.strategies[row.strategy].name;
    const auto make = [&] {
      Quantity one{"", row.name, row.label, row.kind, row.measure, row.unit, row.group, row.level, strategy, row.time};
      one.name = name_of(one, row.measure == row.kind, row.at_end);
      return one;
    };
    found.push_back(number(
        quantities_, found.size(), [&](const Quantity& one) { return is(row, strategy, one); }, make));
  }
  return found;
}

std::vector<std::size_t> Quantities::numbers_of(const Table& table) {
  const ComparisonRow row(table);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < row.outcome.size(); ++i) {
    const auto make = [&] {
      Comparison one{"",           row.outcome[i],  row.measure[i], row.unit[i], row.group[i],
                     row.level[i], row.strategy[i], row.against[i], row.time[i]};
      const auto like = std::find_if(quantities_.begin(), quantities_.end(), [&](const Quantity& other) {
        return other.outcome == one.outcome && other.measure == one.measure && other.group == one.group &&
               other.level == one.level && same_time(other.time, one.time);
      });
      if (like != quantities_.end()) one.name = like->name;
      return one;
    };
    found.push_back(number(
        comparisons_, found.size(), [&](const Comparison& one) { return row.is(i, one); }, make));
  }
  return found;
}

std::string name_part(std::string text) {
  std::replace(text.begin(), text.end(), ' ', '_');
  std::replace(text.begin(), text.end(), '/', '|');
  return text;
}

std::string time_part(double years) {
  return name_part(model::time_words(years));
}

const std::vector<double>& numbers(const Table& table, std::string_view name) {
  for (const Column& one : table.columns) {
    if (one.name == name) return std::get<std::vector<double>>(one.values);
  }
  throw std::logic_error("a table without the column " + std::string(name));
}

Table Quantities::quantity_table() const {
  outcomes::TableColumns<Quantity> columns(quantities_);
  using Q = Quantity;
  columns.add("name", "", "outcome, measure, group, level and time, what there is of them",
              [](const Q& q) { return q.name; });
  columns.add("outcome", "", "name of the outcome", [](const Q& q) { return q.outcome; });
  columns.add("label", "", "its label", [](const Q& q) { return q.label; });
  columns.add("kind", "", "as in a result's table of outcomes", [](const Q& q) { return q.kind; });
  columns.add("measure", "", "as in a result's table of outcomes", [](const Q& q) { return q.measure; });
  columns.add("unit", "", "of the estimate", [](const Q& q) { return q.unit; });
  columns.add("group", "", "level of the group", [](const Q& q) { return q.group; });
  columns.add("level", "", "level of the distribution; of a quantile: which", [](const Q& q) { return q.level; });
  columns.add("time", "years", "since the origin", [](const Q& q) { return q.time; });
  columns.add("strategy", "", "name of the strategy", [](const Q& q) { return q.strategy; });
  return {"quantities", "what is estimated in each scenario; `quantity` counts from 1 in this order", columns.take()};
}

Table Quantities::comparison_table() const {
  outcomes::TableColumns<Comparison> columns(comparisons_);
  using C = Comparison;
  columns.add("name", "", "as in quantities", [](const C& c) { return c.name; });
  columns.add("outcome", "", "name of the outcome", [](const C& c) { return c.outcome; });
  columns.add("measure", "", "as in a result's table of outcomes", [](const C& c) { return c.measure; });
  columns.add("unit", "", "of the difference", [](const C& c) { return c.unit; });
  columns.add("group", "", "level of the group", [](const C& c) { return c.group; });
  columns.add("level", "", "level of the distribution", [](const C& c) { return c.level; });
  columns.add("time", "years", "since the origin", [](const C& c) { return c.time; });
  columns.add("strategy", "", "this strategy", [](const C& c) { return c.strategy; });
  columns.add("against", "", "less this one", [](const C& c) { return c.against; });
  return {"pairs", "which strategies are compared on what; `pair` counts from 1 in this order", columns.take()};
}

}  // namespace sojourn::sweep
