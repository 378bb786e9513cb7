// Cells and lines of CSV (RFC 4180, lines end in \n): numbers in the shortest form that reads back, NaN as the empty
// cell, TRUE and FALSE, texts in quotes where they need them. So R's read.csv and pandas read it without options.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/number_text.hpp"
#include "base/table.hpp"

namespace sojourn {

[[nodiscard]] std::string csv_cell(std::string_view text);  // in quotes if it must be

// Cells separated by commas; each appends to `to`.
class CsvLine {
 public:
  explicit CsvLine(std::string& to) : to_(to) {}

  CsvLine& number(double value) { return append_csv_number(cell(), value), *this; }
  CsvLine& integer(std::integral auto value) {
    return append_csv_number(cell(), static_cast<std::int64_t>(value)), *this;
  }
  CsvLine& text(std::string_view ready) { return cell().append(ready), *this; }  // as csv_cell made it
  void end() { to_ += '\n'; }

 private:
  std::string& cell() {
    if (!first_) to_ += ',';
    first_ = false;
    return to_;
  }

  std::string& to_;
  bool first_ = true;
};

// The header of a table, one of its rows, and all of it.
[[nodiscard]] std::string csv_header(const Table& table);
void append_row(std::string& to, const Table& table, std::size_t row);
[[nodiscard]] std::string csv(const Table& table);

}  // namespace sojourn
