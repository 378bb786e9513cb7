// Tables of R's results below tests/data.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::testing {

using TableRow = std::map<std::string, std::string>;

inline std::vector<std::string> cells(const std::string& line, char between = ',') {
  std::vector<std::string> result;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, between);) result.push_back(cell);
  return result;
}

// `name`: folder and file without .csv. Cells that a line lacks are empty.
inline std::vector<TableRow> r_table(const std::string& name) {
  std::ifstream file(std::string(SOJOURN_SOURCE_DIR) + "/tests/data/" + name + ".csv");
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

}  // namespace sojourn::testing
