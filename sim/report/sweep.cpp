#include "report/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "report/sweep_model.hpp"

namespace sojourn::report {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool same_time(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

// The distinct of `values` into `distinct`, and where each value is among them.
template <class Value>
std::vector<std::size_t> places(const std::vector<Value>& values, std::vector<Value>& distinct) {
  std::vector<std::size_t> found;
  for (const Value& one : values) {
    const auto at = std::find(distinct.begin(), distinct.end(), one);
    found.push_back(static_cast<std::size_t>(at - distinct.begin()));
    if (at == distinct.end()) distinct.push_back(one);
  }
  return found;
}

std::vector<std::size_t> rising_places(const std::vector<double>& values, std::vector<double>& distinct) {
  distinct = values;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<std::size_t> found;
  for (const double one : values) {
    found.push_back(
        static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), one) - distinct.begin()));
  }
  return found;
}

std::optional<double> own_number(const SweepModel& model, const SweepAxis& axis) {
  if (axis.target == "multiply") return 1;
  if (axis.target == "parameter") return model.parameter(axis.what, axis.unit);
  return std::nullopt;
}

std::optional<std::size_t> place_of(const std::vector<std::string>& values, const std::string& wanted) {
  const auto found = std::find(values.begin(), values.end(), wanted);
  return found == values.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - values.begin()));
}

std::optional<std::size_t> place_of(const std::vector<double>& values, std::optional<double> wanted) {
  for (std::size_t i = 0; wanted && i < values.size(); ++i) {
    if (std::abs(values[i] - *wanted) <= 1e-9 * std::abs(*wanted)) return i;
  }
  return std::nullopt;
}

void check_length(const Rows& rows, std::size_t number, std::size_t limit, const std::string& path) {
  if (number < 1 || number > limit) {
    throw InputError("cannot read '" + path + "': a row of " + rows.table().name +
                     " names what is not there (is the file damaged?)");
  }
}

// Survival before the rest, all patients before groups; otherwise as in the file.
int rank(const SweepQuantity& one) {
  return (one.group.empty() && one.level.empty() ? 0 : 2) + (one.kind == "survival" ? 0 : 1);
}

}  // namespace

Sweep::Sweep(const std::string& path) : path_(path), reader_(path), scenarios_(reader_.table("scenarios")) {
  if (reader_.has_table("resolution")) resolution_.emplace(reader_.table("resolution"));
  size_ = std::min(scenarios_.size(), most_scenarios);
  const SweepModel model(input());
  read_axes();
  for (SweepAxis& one : axes_) {
    if (one.is_number && !one.own) one.own = place_of(one.numbers, own_number(model, one));
  }
  const Rows quantities(reader_.table("quantities"));
  read_strategies(quantities);
  for (auto& [name, label] : strategies_) label = model.label(name);
  choose_quantities(quantities);
  read_estimates(quantities);
  read_differences();
}

std::string Sweep::file_name() const {
  return std::filesystem::path(path_).filename().string();
}

void Sweep::read_axes() {
  const Rows rows(reader_.table("axes"));
  for (std::size_t a = 0; a < rows.size(); ++a) {
    SweepAxis& axis = axes_.emplace_back();
    axis.name = rows.text(a, "name");
    axis.label = rows.text(a, "label");
    axis.target = rows.text(a, "target");
    axis.what = rows.text(a, "what");
    axis.unit = rows.text(a, "unit");
    axis.is_number = rows.text(a, "kind") == "number";
    if (axis.label.empty()) axis.label = axis.name;
    if (axis.is_number) {
      std::vector<double> values(size_);
      for (std::size_t i = 0; i < size_; ++i) values[i] = scenarios_.number(i, axis.name.c_str());
      axis.places = rising_places(values, axis.numbers);
    } else {
      std::vector<std::string> values(size_);
      for (std::size_t i = 0; i < size_; ++i) values[i] = scenarios_.text(i, axis.name.c_str());
      axis.places = places(values, axis.texts);
    }
    if (!rows.has("own") || rows.text(a, "own").empty()) continue;
    const std::string own = rows.text(a, "own");
    axis.own = axis.is_number ? place_of(axis.numbers, parse_number(own).value) : place_of(axis.texts, own);
  }
}

void Sweep::read_strategies(const Rows& quantities) {
  for (std::size_t r = 0; r < quantities.size(); ++r) {
    const std::string name = quantities.text(r, "strategy");
    if (!strategy(name)) strategies_.emplace_back(name, name);
  }
  for (std::size_t b = 1; b < strategies_.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) pairs_.emplace_back(b, a);
  }
}

std::optional<std::size_t> Sweep::strategy(const std::string& name) const {
  for (std::size_t i = 0; i < strategies_.size(); ++i) {
    if (strategies_[i].first == name) return i;
  }
  return std::nullopt;
}

// Which of quantities() a row of the tables quantities or pairs speaks of.
std::optional<std::size_t> Sweep::quantity(const Rows& rows, std::size_t row) const {
  for (std::size_t i = 0; i < quantities_.size(); ++i) {
    const SweepQuantity& one = quantities_[i];
    if (one.outcome == rows.text(row, "outcome") && one.measure == rows.text(row, "measure") &&
        one.group == rows.text(row, "group") && one.level == rows.text(row, "level") &&
        same_time(one.time, rows.number(row, "time"))) {
      return i;
    }
  }
  return std::nullopt;
}

void Sweep::choose_quantities(const Rows& rows) {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (quantity(rows, r)) continue;
    quantities_.push_back({rows.text(r, "name"),
                           rows.text(r, "outcome"),
                           rows.text(r, "label"),
                           rows.text(r, "kind"),
                           rows.text(r, "measure"),
                           rows.text(r, "unit"),
                           rows.text(r, "group"),
                           rows.text(r, "level"),
                           rows.number(r, "time"),
                           {},
                           {},
                           {},
                           {},
                           {},
                           {}});
  }
  std::stable_sort(quantities_.begin(), quantities_.end(),
                   [](const SweepQuantity& a, const SweepQuantity& b) { return rank(a) < rank(b); });
  const std::size_t each = std::max<std::size_t>(1, size_ * (2 * strategies_.size() + 4 * pairs_.size()));
  const std::size_t room = std::max<std::size_t>(1, most_numbers / each);
  for (std::size_t i = room; i < quantities_.size(); ++i) left_out_.push_back(quantities_[i].name);
  if (quantities_.size() > room)
    quantities_.erase(quantities_.begin() + static_cast<std::ptrdiff_t>(room), quantities_.end());
  for (SweepQuantity& one : quantities_) {
    for (auto* column : {&one.estimate, &one.se}) column->assign(size_ * strategies_.size(), missing);
    for (auto* column : {&one.difference, &one.difference_se, &one.lower, &one.upper}) {
      column->assign(size_ * pairs_.size(), missing);
    }
  }
}

void Sweep::read_estimates(const Rows& names) {
  std::vector<std::optional<std::size_t>> quantities, strategies;
  for (std::size_t r = 0; r < names.size(); ++r) {
    quantities.push_back(quantity(names, r));
    strategies.push_back(strategy(names.text(r, "strategy")));
  }
  const Rows rows(reader_.table("long", {"scenario", "quantity", "estimate", "se"}));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto scenario = static_cast<std::size_t>(rows.number(r, "scenario"));
    const auto number = static_cast<std::size_t>(rows.number(r, "quantity"));
    check_length(rows, scenario, scenarios_.size(), path_);
    check_length(rows, number, names.size(), path_);
    if (scenario > size_ || !quantities[number - 1]) continue;
    SweepQuantity& to = quantities_[*quantities[number - 1]];
    const std::size_t at = (scenario - 1) * strategies_.size() + *strategies[number - 1];
    to.estimate[at] = rows.number(r, "estimate");
    to.se[at] = rows.number(r, "se");
  }
}

void Sweep::read_differences() {
  const Rows names(reader_.table("pairs"));
  struct Place {
    std::size_t quantity, pair;
    double sign;
  };
  std::vector<std::optional<Place>> places;
  for (std::size_t r = 0; r < names.size(); ++r) {
    auto& place = places.emplace_back();
    const auto number = quantity(names, r);
    const auto first = strategy(names.text(r, "strategy")), second = strategy(names.text(r, "against"));
    if (!number || !first || !second || *first == *second) continue;
    const std::size_t b = std::max(*first, *second), a = std::min(*first, *second);
    place = Place{*number, b * (b - 1) / 2 + a, *first == b ? 1.0 : -1.0};
  }
  const Rows rows(reader_.table("comparisons"));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto scenario = static_cast<std::size_t>(rows.number(r, "scenario"));
    const auto number = static_cast<std::size_t>(rows.number(r, "pair"));
    check_length(rows, scenario, scenarios_.size(), path_);
    check_length(rows, number, names.size(), path_);
    if (scenario > size_ || !places[number - 1]) continue;
    const Place& place = *places[number - 1];
    SweepQuantity& to = quantities_[place.quantity];
    const std::size_t at = (scenario - 1) * pairs_.size() + place.pair;
    const double low = place.sign * rows.number(r, "simultaneous_lower"),
                 high = place.sign * rows.number(r, "simultaneous_upper");
    to.difference[at] = place.sign * rows.number(r, "difference");
    to.difference_se[at] = rows.number(r, "se");
    to.lower[at] = place.sign > 0 ? low : high;
    to.upper[at] = place.sign > 0 ? high : low;
  }
}

}  // namespace sojourn::report
