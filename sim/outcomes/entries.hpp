// How one number is written in the table: the digits its error warrants, its bound or its difference, and its label.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "outcomes/columns.hpp"
#include "outcomes/results.hpp"

namespace sojourn::outcomes {

using Rows = std::vector<const Row*>;  // one a strategy: the same number under each

// What numbers are multiplied by to be shown: per cent, months, years.
struct Shown {
  double factor;
  std::string_view unit;
};

[[nodiscard]] Shown shown(const Row& row);

// `rows`: the row among those of the other strategies, which share its number of digits.
[[nodiscard]] Entry estimate_entry(const Row& row, const Rows& rows);
[[nodiscard]] Entry difference_entry(const Row& row, const Rows& rows);
[[nodiscard]] Entry deviation_entry(const Row& row);  // from the target

[[nodiscard]] std::string signed_text(double value, int decimals);
[[nodiscard]] std::string time_part(const Row& row);
[[nodiscard]] std::string unit_part(const Row& row);  // per cent is said once, in the title
[[nodiscard]] std::string heading(const Row& row);
[[nodiscard]] std::string mark_of(const Rows& rows);                         // of footnotes
[[nodiscard]] std::string joined(std::initializer_list<std::string> parts);  // those that are not empty, by commas

}  // namespace sojourn::outcomes
