// The tables of R results in tests/data/outcomes.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::outcomes::testing {

using TableRow = std::map<std::string, std::string>;

inline std::vector<TableRow> r_table(const std::string& name) {
  std::ifstream file(std::string(SOJOURN_SOURCE_DIR) + "/tests/data/outcomes/" + name + ".csv");
  if (!file) throw std::runtime_error("cannot read " + name);
  const auto cells = [](const std::string& line) {
    std::vector<std::string> result;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) result.push_back(cell);
    return result;
  };
  std::string line;
  std::getline(file, line);
  const auto names = cells(line);
  std::vector<TableRow> rows;
  while (std::getline(file, line)) {
    const auto values = cells(line);
    rows.emplace_back();
    for (std::size_t i = 0; i < values.size(); ++i) rows.back()[names[i]] = values[i];
  }
  return rows;
}

}  // namespace sojourn::outcomes::testing
