// The tables of R's results in tests/data/survival, and the data set they were made from.
#pragma once

#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "survival/risk_table.hpp"

namespace sojourn::survival::testing {

using TableRow = std::map<std::string, std::string>;

inline std::vector<std::string> cells(const std::string& line, char between = ',') {
  std::vector<std::string> result;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, between);) result.push_back(cell);
  return result;
}

inline std::vector<TableRow> r_table(const std::string& name) {
  std::ifstream file(std::string(SOJOURN_SOURCE_DIR) + "/tests/data/survival/" + name + ".csv");
  if (!file) throw std::runtime_error("cannot read " + name);
  std::string line;
  std::getline(file, line);
  const auto names = cells(line);
  std::vector<TableRow> rows;
  while (std::getline(file, line)) {
    const auto values = cells(line);
    rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) rows.back()[names[i]] = i < values.size() ? values[i] : "";
  }
  return rows;
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
