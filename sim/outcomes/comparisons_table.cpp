#include <algorithm>
#include <cmath>
#include <utility>

#include "outcomes/cell_estimate.hpp"
#include "outcomes/difference.hpp"
#include "outcomes/more_tables.hpp"
#include "outcomes/table_columns.hpp"

namespace sojourn::outcomes {

namespace {

struct ComparisonRow {
  std::string outcome, measure, group, level, unit, strategy, against;
  double time = 0;
  Difference difference;
  Interval simultaneous{missing, missing};
  // Shares of the patients counted under both; what marginal figures alone would allow.
  double higher = missing, lower = missing, equal = missing;
  Interval higher_bounds{missing, missing};
};

// Frechet (1935): with shares p and q of yes, P(yes under A, no under B) lies in [max(0, p - q), min(p, 1 - q)].
Interval frechet(double p, double q) {
  return {std::max(0.0, p - q), std::min(p, 1 - q)};
}

class Comparisons {
 public:
  Comparisons(const Compiled& plan, const Sums& sums, const std::optional<SpecialInterval>& special)
      : plan_(plan), sums_(sums), special_(special), z_(simultaneous_quantile(plan.strategies.size() - 1)) {}

  std::vector<ComparisonRow> all() {
    for (const Item& item : plan_.items) {
      for (std::size_t g = 0; g < item.groups.size() && !item.curve; ++g) add(item, g);
    }
    return std::move(rows_);
  }

 private:
  void add(const Item& item, std::size_t group) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;  // strategy, against
    std::vector<std::vector<CellEstimate>> found;
    for (const auto& [a, b] : plan_.pairs) {
      const bool later = b != plan_.reference;  // the reference is what others are compared with
      pairs.emplace_back(later ? b : a, later ? a : b);
      found.push_back(cell_estimates(item, sums_, group, pairs.back().first, pairs.back().second));
    }
    for (std::size_t k = 0; k < item.cells.size(); ++k) {
      if (item.cells[k].quantile > 0) continue;
      for (std::size_t p = 0; p < pairs.size(); ++p) {
        compare(item, group, item.cells[k], pairs[p].first, pairs[p].second, found[p][k]);
      }
    }
  }

  void compare(const Item& item, std::size_t group, const Cell& cell, std::size_t strategy, std::size_t against,
               const CellEstimate& found) {
    ComparisonRow row;
    row.outcome = item.outcome.name;
    row.measure = cell.measure;
    row.group = item.groups[group].label;
    row.level = cell.level;
    row.unit = cell.unit;
    row.strategy = plan_.strategies[strategy].name;
    row.against = plan_.strategies[against].name;
    row.time = cell.time;
    row.difference = difference_of(found.sums, found.result, cell.bounds);
    if (!std::isnan(row.difference.se)) {
      const double most = cell.bounds.most - cell.bounds.least;
      row.simultaneous = normal_interval(row.difference.value, row.difference.se, {-most, most}, z_);
    }
    if (special_ && &cell == &plan_.items[special_->place.item].cells[special_->place.cell]) {
      row.simultaneous = difference_of(found.sums, found.result, cell.bounds, special_->confidence).interval;
    }
    shares(found.sums, cell.quantity == Quantity::mean, row);
    rows_.push_back(std::move(row));
  }

  static void shares(const RatioSums& sums, bool mean, ComparisonRow& row) {
    if (sums.both == 0) return;
    const double both = to_double(sums.both);
    row.higher = to_double(sums.higher) / both;
    row.lower = to_double(sums.lower) / both;
    row.equal = to_double(sums.both - sums.higher - sums.lower) / both;
    if (!mean && sums.both == sums.n && sums.both == sums.n_r) {
      row.higher_bounds = frechet(to_double(sums.x) / both, to_double(sums.x_r) / both);
    }
  }

  const Compiled& plan_;
  const Sums& sums_;
  const std::optional<SpecialInterval>& special_;
  double z_;
  std::vector<ComparisonRow> rows_;
};

}  // namespace

Table comparisons_table(const Compiled& plan, const Sums& sums, const std::optional<SpecialInterval>& special) {
  const std::vector<ComparisonRow> rows = Comparisons(plan, sums, special).all();
  TableColumns<ComparisonRow> columns(rows);
  using R = ComparisonRow;
  columns.add("outcome", "", "name of the outcome", [](const R& r) { return r.outcome; });
  columns.add("measure", "", "as in the table of outcomes", [](const R& r) { return r.measure; });
  columns.add("unit", "", "of the difference", [](const R& r) { return r.unit; });
  columns.add("group", "", "level of the group", [](const R& r) { return r.group; });
  columns.add("level", "", "level of the distribution", [](const R& r) { return r.level; });
  columns.add("time", "years", "since the origin", [](const R& r) { return r.time; });
  columns.add("strategy", "", "this strategy", [](const R& r) { return r.strategy; });
  columns.add("against", "", "less this one", [](const R& r) { return r.against; });
  columns.add("difference", "", "paired", [](const R& r) { return r.difference.value; });
  columns.add("se", "", "Monte Carlo standard error; missing if no patient differs",
              [](const R& r) { return r.difference.se; });
  columns.add("lower", "", "95% interval", [](const R& r) { return r.difference.interval.lower; });
  columns.add("upper", "", "95% interval", [](const R& r) { return r.difference.interval.upper; });
  columns.add("simultaneous_lower", "", "95% for one strategy against all others at once (Bonferroni)",
              [](const R& r) { return r.simultaneous.lower; });
  columns.add("simultaneous_upper", "", "95% for one strategy against all others at once (Bonferroni)",
              [](const R& r) { return r.simultaneous.upper; });
  columns.add("variance_reduction", "", "variance without shared patients / variance of the difference",
              [](const R& r) { return r.difference.variance_reduction; });
  columns.add("higher", "", "share of patients whose value is higher; depends on how lives are coupled",
              [](const R& r) { return r.higher; });
  columns.add("lower_share", "", "share of patients whose value is lower; depends on how lives are coupled",
              [](const R& r) { return r.lower; });
  columns.add("equal", "", "share of patients whose value is the same; depends on how lives are coupled",
              [](const R& r) { return r.equal; });
  columns.add("higher_least", "", "of a proportion: least share higher that any coupling allows (Frechet)",
              [](const R& r) { return r.higher_bounds.lower; });
  columns.add("higher_most", "", "of a proportion: largest share higher that any coupling allows (Frechet)",
              [](const R& r) { return r.higher_bounds.upper; });
  columns.add("note", "", "", [](const R& r) { return r.difference.note; });
  return {"comparisons", "differences between every two strategies, over the same patients", columns.take()};
}

}  // namespace sojourn::outcomes
