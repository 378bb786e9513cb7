#include "model/csv.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"

namespace sojourn::model {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

namespace {

// The end of the cell that begins here: the next comma that is not in quotes.
std::size_t cell_end(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || line[begin] != '"') return line.find(',');
  bool inside = true;
  for (std::size_t i = begin + 1; i < line.size(); ++i) {
    if (line[i] == '"') inside = !inside;
    if (line[i] == ',' && !inside) return i;
  }
  return inside ? line.find(',') : std::string_view::npos;
}

}  // namespace

void split_cells(std::string_view line, std::vector<Cell>& found) {
  found.clear();
  int column = 1;
  while (true) {
    const std::size_t comma = cell_end(line);
    std::string_view text = trimmed(line.substr(0, comma));
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    found.push_back({text, column});
    if (comma == std::string_view::npos) return;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };  // of UTF-8
    const auto inner = std::count_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(comma), continues);
    column += static_cast<int>(comma) + 1 - static_cast<int>(inner);
    line.remove_prefix(comma + 1);
  }
}

std::vector<Cell> cells(std::string_view line) {
  std::vector<Cell> found;
  split_cells(line, found);
  return found;
}

bool CsvLines::next() {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('\n');
    line_ = trimmed(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    if (!line_.empty()) return true;
  }
  return false;
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
