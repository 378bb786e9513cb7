#include "export/csv_text.hpp"

#include <array>
#include <charconv>
#include <type_traits>
#include <variant>

#include "base/number_text.hpp"

namespace sojourn::exports {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void append_number(std::string& to, double value) {
  append_csv_number(to, value);
}

void append_number(std::string& to, std::int64_t value) {
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  to.append(buffer.data(), result.ptr);
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

std::size_t rows_of(const Table& table) {
  if (table.columns.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, table.columns.front().values);
}

}  // namespace sojourn::exports
