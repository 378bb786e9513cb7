// The tables of R's results in tests/data/survival, and the data set they were made from.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "r_tables.hpp"
#include "survival/risk_table.hpp"

namespace sojourn::survival::testing {

using sojourn::testing::cells;
using sojourn::testing::TableRow;

inline std::vector<TableRow> r_table(const std::string& name) {
  return sojourn::testing::r_table("survival/" + name);
}

// NaN for R's NA and NaN, and for an empty cell.
inline double number(const TableRow& row, const std::string& column) {
  const std::string& text = row.at(column);
  return text.empty() || text == "NA" || text == "NaN" ? std::numeric_limits<double>::quiet_NaN() : std::stod(text);
}

// The 500 rows; `group`: only these.
inline std::vector<Row> data(const std::string& group = "", bool with_entry = false) {
  std::vector<Row> rows;
  for (const TableRow& row : r_table("estimators_data")) {
    if (!group.empty() && row.at("group") != group) continue;
    Row made{number(row, "time"), std::stoi(row.at("cause")), group.empty() ? std::stoi(row.at("group")) : 0,
             std::stoi(row.at("strat")) - 1};
    if (with_entry) made.entry = number(row, "entry");
    rows.push_back(made);
  }
  return rows;
}

}  // namespace sojourn::survival::testing
