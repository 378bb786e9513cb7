// A CSV file of patients: a header, then one patient a row. Cells are typed by the columns that the model names; other
// columns are left alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.hpp"
#include "distributions/row_table.hpp"
#include "model/reading.hpp"

namespace sojourn::model {

struct RowColumn {
  enum class Kind : std::uint8_t { number, time, boolean, category, level_number, weight };
  Kind kind = Kind::number;
  std::string name;    // the attribute, for messages
  std::string header;  // of the column
  TimeUnit unit = TimeUnit::year;
  std::vector<std::string> levels;    // of a category
  std::vector<double> number_levels;  // of a level_number
  Item place;                         // in the model
};

// The columns, in this order, of the content `text` of the file shown as `file`; a column of weights becomes the
// table's running sums. Nothing after reports.
[[nodiscard]] std::optional<distributions::RowTable> read_rows_file(Reading& reading, const std::string& file,
                                                                    std::string_view text,
                                                                    const std::vector<RowColumn>& columns);

}  // namespace sojourn::model
