#include <type_traits>
#include <variant>

#include "base/csv_text.hpp"
#include "base/json.hpp"
#include "base/number_text.hpp"
#include "outcomes/results.hpp"

namespace sojourn::outcomes {

namespace {

std::string json_value(const Column& column, std::size_t row) {
  return std::visit(
      [row](const auto& values) -> std::string {
        using T = std::decay_t<decltype(values[row])>;
        if constexpr (std::is_same_v<T, double>) {
          return json_number(values[row]);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return std::to_string(values[row]);
        } else {
          return json_string(values[row]);
        }
      },
      column.values);
}

std::string json_row(const Table& rows, std::size_t row) {
  std::string text = "    {";
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (c > 0) text += ", ";
    text += json_string(rows.columns[c].name) + ": " + json_value(rows.columns[c], row);
  }
  return text + "}";
}

std::string json_rows(const Table& table) {
  std::string text = "[";
  for (std::size_t r = 0; r < rows_of(table); ++r) text += (r > 0 ? ",\n" : "\n") + json_row(table, r);
  return text + "\n  ]";
}

}  // namespace

std::string csv(const Results& results) {
  return sojourn::csv(table(results));
}

std::string json(const Results& results) {
  std::string text = "{\n  \"schema\": 1,\n";
  text += "  \"patients\": " + std::to_string(results.patients) + ",\n";
  text += "  \"horizon\": " + json_number(results.horizon) + ",\n";
  text += "  \"observed_until\": " + json_number(results.observed_until) + ",\n";
  if (results.samples.samples > 0) {
    text += "  \"samples\": " + std::to_string(results.samples.samples) + ",\n";
    text += std::string("  \"patients_shared\": ") + (results.samples.patients_shared ? "true" : "false") + ",\n";
  }
  text += "  \"reference\": " + json_string(results.strategies[results.reference].name) + ",\n";
  text += "  \"strategies\": [";
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    text += s > 0 ? ", " : "";
    text += "{\"name\": " + json_string(results.strategies[s].name) +
            ", \"label\": " + json_string(results.strategies[s].label) + "}";
  }
  text += "],\n  \"rows\": " + json_rows(table(results));
  for (const Table& more : results.tables) {
    if (more.name != "curves") text += ",\n  " + json_string(more.name) + ": " + json_rows(more);
  }
  return text + "\n}\n";
}

}  // namespace sojourn::outcomes
