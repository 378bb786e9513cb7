#include "base/csv_text.hpp"

#include <type_traits>
#include <variant>

namespace sojourn {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_header(const Table& table) {
  std::string text;
  CsvLine line(text);
  for (const Column& column : table.columns) line.text(csv_cell(column.name));
  line.end();
  return text;
}

void append_row(std::string& to, const Table& table, std::size_t row) {
  CsvLine line(to);
  for (const Column& column : table.columns) {
    std::visit(
        [&](const auto& values) {
          using T = std::decay_t<decltype(values[row])>;
          if constexpr (std::is_same_v<T, double>) {
            line.number(values[row]);
          } else if constexpr (std::is_same_v<T, std::int64_t>) {
            line.integer(values[row]);
          } else {
            line.text(csv_cell(values[row]));
          }
        },
        column.values);
  }
  line.end();
}

std::string csv(const Table& table) {
  std::string text = csv_header(table);
  for (std::size_t row = 0; row < rows_of(table); ++row) append_row(text, table, row);
  return text;
}

}  // namespace sojourn
