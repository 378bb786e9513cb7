// The file of a life table: CSV with the columns age (0, 1, 2, ...), the levels of `by`, and rate (per year),
// daily_rate or probability (of dying within the year); with a column year it is one by age and calendar year. A cell
// is a decimal number or a level; no quoting, no formulas.
#pragma once

#include "model/csv.hpp"

namespace sojourn::model {

// One table a level (or one); `by`: the column of the levels; `die`: death at the end of the last age. Nothing after a
// report, to which `item` gives the place if the file cannot be read.
[[nodiscard]] std::optional<std::vector<Table>> read_life_table_file(Reading& reading, const Item& item,
                                                                     const std::string& path,
                                                                     const std::vector<std::string>& levels,
                                                                     const std::string& by, bool die);

}  // namespace sojourn::model
