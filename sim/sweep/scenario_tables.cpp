#include "sweep/scenario_tables.hpp"

#include "sweep/tables.hpp"

namespace sojourn::sweep {

void ScenarioTables::begin(const Table& example, const std::string& description, std::size_t rows) {
  if (streams_.contains(example.name)) return;
  std::vector<store::StreamColumn> columns{{"scenario", "", "as in scenarios", true}};
  for (const Column& one : example.columns) {
    const bool text = std::holds_alternative<std::vector<std::string>>(one.values);
    const std::string row_of_texts = one.description + (one.description.empty() ? "" : "; ") + "a row of texts, from 1";
    columns.push_back({one.name, one.unit, text ? row_of_texts : one.description,
                       !std::holds_alternative<std::vector<double>>(one.values)});
  }
  streams_.emplace(example.name, file_.begin(example.name, description, columns, chunk_rows(rows)));
}

void ScenarioTables::append(std::size_t scenario, const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    const std::size_t stream = streams_.at(table.name);
    for (std::size_t i = 0; i < rows_of(table); ++i) {
      std::vector<double> row{static_cast<double>(scenario + 1)};
      for (const Column& one : table.columns) {
        if (const auto* texts = std::get_if<std::vector<std::string>>(&one.values)) {
          row.push_back(number_of((*texts)[i]));
        } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&one.values)) {
          row.push_back(static_cast<double>((*integers)[i]));
        } else {
          row.push_back(std::get<std::vector<double>>(one.values)[i]);
        }
      }
      file_.append(stream, row);
    }
  }
}

double ScenarioTables::number_of(const std::string& text) {
  const auto [place, fresh] = numbers_.try_emplace(text, texts_.size() + 1);
  if (fresh) texts_.push_back(text);
  return static_cast<double>(place->second);
}

void ScenarioTables::finish() {
  if (streams_.empty()) return;
  file_.table({"texts", "what texts other tables name by their row here", {{"text", "", "", std::move(texts_)}}});
}

}  // namespace sojourn::sweep
