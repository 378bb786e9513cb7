// Reading the reference tables of tests/data: comma-separated, a header line, no quoting.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::test {

using CsvRow = std::map<std::string, std::string>;

[[nodiscard]] inline std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(line);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

[[nodiscard]] inline std::vector<CsvRow> read_csv(const std::string& name) {
  std::ifstream file(std::string(SOJOURN_SOURCE_DIR "/tests/data/distributions/") + name);
  if (!file) throw std::runtime_error("no table " + name);
  std::string line;
  std::getline(file, line);
  const auto names = split(line, ',');
  std::vector<CsvRow> rows;
  while (std::getline(file, line)) {
    const auto values = split(line, ',');
    CsvRow row;
    for (std::size_t i = 0; i < values.size(); ++i) row[names.at(i)] = values[i];
    rows.push_back(row);
  }
  return rows;
}

[[nodiscard]] inline double number(const CsvRow& row, const std::string& name) {
  return std::stod(row.at(name));
}

}  // namespace sojourn::test
