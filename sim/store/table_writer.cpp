#include "store/header.hpp"

namespace sojourn::store {

void write_table(Output& output, const Table& table) {
  const std::string path = "/outcomes/" + table.name;
  output.group(path, table.description);
  std::vector<std::string> order;
  for (const Column& column : table.columns) {
    const std::string place = path + "/" + column.name;
    const ColumnText about{column.unit, column.description};
    order.push_back(column.name);
    if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) {
      output.numbers(place, *numbers, about);
    } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
      output.integers(place, *integers, Element::int64, about);
    } else {
      output.texts(place, std::get<std::vector<std::string>>(column.values), about);
    }
  }
  output.texts(path + "/columns", order, {"", "the columns' names, in order"});
}

}  // namespace sojourn::store
