// A table of named columns of equal length: what results are handed around as and written to CSV and HDF5.
#pragma once

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

}  // namespace sojourn
