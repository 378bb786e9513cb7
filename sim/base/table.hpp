// A table of named columns of equal length: what results are handed around as and written to CSV and HDF5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace sojourn {

struct Column {
  std::string name, unit, description;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>> values;
};

struct Table {
  std::string name, description;
  std::vector<Column> columns;
};

[[nodiscard]] inline std::size_t rows_of(const Table& table) {
  if (table.columns.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, table.columns.front().values);
}

}  // namespace sojourn
