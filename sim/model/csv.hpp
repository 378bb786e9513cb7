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
// The number in a cell called `name`; nothing after a report.
[[nodiscard]] std::optional<double> csv_number(Reading& reading, const Location& at, const Cell& cell,
                                               std::string_view name);
// The content of a file that `item` names, kept in the model once; nothing after a report.
[[nodiscard]] std::optional<std::string> file_content(Reading& reading, const Item& item, const std::string& path);

}  // namespace sojourn::model
