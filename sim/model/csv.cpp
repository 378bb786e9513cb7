#include "model/csv.hpp"

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"

namespace sojourn::model {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<Cell> cells(std::string_view line) {
  std::vector<Cell> found;
  int column = 1;
  while (true) {
    const std::size_t comma = line.find(',');
    std::string_view text = trimmed(line.substr(0, comma));
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    found.push_back({text, column});
    if (comma == std::string_view::npos) return found;
    column += static_cast<int>(comma) + 1;
    line.remove_prefix(comma + 1);
  }
}

std::optional<double> csv_number(Reading& reading, const Location& at, const Cell& cell, std::string_view name) {
  const auto fail = [&](std::string problem, std::string why = {}, std::string hint = {}) {
    reading.source.problems().add({at, "", std::move(problem), std::move(why), std::move(hint)});
    return std::nullopt;
  };
  if (cell.text.empty()) return fail("the " + std::string(name) + " is missing");
  if (cell.text.front() == '=' || cell.text.front() == '@') {
    return fail(quoted(cell.text) + " is a spreadsheet formula", "", "save the values");
  }
  const ParsedNumber parsed = parse_number(cell.text);
  if (!parsed) return fail(quoted(cell.text) + " is not a number", parsed.why, parsed.hint);
  return parsed.value;
}

std::optional<std::string> file_content(Reading& reading, const Item& item, const std::string& path) {
  for (const EmbeddedFile& one : reading.model.files) {
    if (one.path == path) return one.content;
  }
  try {
    std::string text = reading.files.read(path);
    reading.model.files.push_back({path, text});
    return text;
  } catch (const InputError& error) {
    reading.source.add(item, error.what());
    return std::nullopt;
  }
}

}  // namespace sojourn::model
