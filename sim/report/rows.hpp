// A table of a result file by row and name of column. Columns that a file does not have read as nothing ("" or NaN), so
// that results of earlier and later versions can be shown.
#pragma once

#include <cstddef>
#include <string>

#include "base/table.hpp"

namespace sojourn::report {

class Rows {
 public:
  Rows() = default;  // no rows
  explicit Rows(Table table);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool has(const char* column) const { return find(column) != nullptr; }
  [[nodiscard]] std::string text(std::size_t row, const char* column) const;
  [[nodiscard]] double number(std::size_t row, const char* column) const;  // of whole numbers, too
  [[nodiscard]] const Table& table() const { return table_; }

 private:
  [[nodiscard]] const Column* find(const char* column) const;

  Table table_;
  std::size_t size_ = 0;
};

}  // namespace sojourn::report
