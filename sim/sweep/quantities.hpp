// What a sweep reports of each scenario: its numbers and its comparisons of strategies, told once for all scenarios.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"
#include "outcomes/results.hpp"

namespace sojourn::sweep {

struct Quantity {
  std::string name;  // outcome.measure.group.level.time, what there is of it: efs.12_months
  std::string outcome, label, kind, measure, unit, group, level, strategy;
  double time = 0;  // [years]; NaN: of a quantile
};

struct Comparison {
  std::string name, outcome, measure, unit, group, level, strategy, against;
  double time = 0;
};

// A part of a name: no blanks, and no slash, which HDF5 would take for a group.
[[nodiscard]] std::string name_part(std::string text);
[[nodiscard]] std::string time_part(double years);  // 12_months

// A column of numbers of a table.
[[nodiscard]] const std::vector<double>& numbers(const Table& table, std::string_view name);

// In the order in which they are met first.
class Quantities {
 public:
  // The number of each row of a scenario's results; what is new is added.
  [[nodiscard]] std::vector<std::size_t> numbers_of(const outcomes::Results& results);
  // The number of each row of the table of comparisons.
  [[nodiscard]] std::vector<std::size_t> numbers_of(const Table& comparisons);

  [[nodiscard]] const std::vector<Quantity>& quantities() const { return quantities_; }
  [[nodiscard]] const std::vector<Comparison>& comparisons() const { return comparisons_; }
  [[nodiscard]] Table quantity_table() const;
  [[nodiscard]] Table comparison_table() const;

 private:
  std::vector<Quantity> quantities_;
  std::vector<Comparison> comparisons_;
};

}  // namespace sojourn::sweep
