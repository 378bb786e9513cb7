// The little of CSV that tables of a model are written in: cells between commas, a cell in quotes may hold some,
// decimal numbers, no line breaks in quotes, no formulas.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/reading.hpp"

namespace sojourn::model {

struct Cell {
  std::string_view text;
  int column = 1;
};

// Without blanks and the end of a line
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::vector<Cell> cells(std::string_view line);
// The same into a vector that is used again.
void split_cells(std::string_view line, std::vector<Cell>& found);
// The lines of a table that are not blank, one after the other, without what marks a text as UTF-8.
class CsvLines {
 public:
  explicit CsvLines(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }
  [[nodiscard]] bool next();  // false: there are no more
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] int number() const { return number_; }

 private:
  std::string_view rest_, line_;
  int number_ = 0;
};

// The number in a cell called `name`; nothing after a report.
[[nodiscard]] std::optional<double> csv_number(Reading& reading, const Location& at, const Cell& cell,
                                               std::string_view name);
// The content of a file that `item` names, kept in the model once; nothing after a report.
[[nodiscard]] std::optional<std::string> file_content(Reading& reading, const Item& item, const std::string& path);

}  // namespace sojourn::model
