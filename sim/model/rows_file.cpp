#include "model/rows_file.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "config/text_check.hpp"
#include "model/csv.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_problems = 10;  // shown of one column
constexpr std::size_t most_columns = 10000;

bool is_missing(std::string_view text) {
  if (text.empty() || text == ".") return true;
  const std::string lower = lower_case(text);
  return lower == "na" || lower == "n/a" || lower == "nan" || lower == "null";
}

class RowsReader {
 public:
  RowsReader(Reading& reading, const std::string& file, const std::vector<RowColumn>& columns)
      : reading_(reading),
        file_(file),
        columns_(columns),
        bad_(columns.size() + 1),
        levels_(columns.size()),
        values_(columns.size()) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      for (const std::string& level : columns[i].levels) {
        levels_[i].emplace(level, static_cast<double>(levels_[i].size()));
      }
    }
  }

  std::optional<distributions::RowTable> run(std::string_view text) {
    const std::size_t before = reading_.source.problems().size();
    if (!config::check_text(file_, text, false, reading_.source.problems())) return std::nullopt;
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    for (auto& column : values_) column.reserve(ends);
    CsvLines lines(text);
    bool begun = false;
    for (; lines.next(); begun = true) {
      line_ = lines.number();
      split_cells(lines.line(), cells_);
      if (begun ? !row(lines.line()) : !header()) return std::nullopt;
    }
    finish(begun);
    if (reading_.source.problems().size() > before) return std::nullopt;
    return std::move(table_);
  }

 private:
  void fail(int column, std::string problem, std::string why = {}, std::string hint = {}) {
    reading_.source.problems().add({{file_, line_, column}, "", std::move(problem), std::move(why), std::move(hint)});
  }

  // Whether one more problem of a column (or of the rows themselves, the last) is worth a line.
  bool worth_saying(std::size_t column) {
    if (++bad_[column].count == most_problems + 1) bad_[column].first_hidden = line_;
    return bad_[column].count <= most_problems && !reading_.source.full();
  }

  bool header() {
    width_ = cells_.size();
    header_line_ = line_;
    if (width_ > most_columns) {
      fail(1, "more than 10000 columns");
      return false;
    }
    std::vector<std::string> names;
    std::unordered_map<std::string, std::size_t> first;
    for (const Cell& cell : cells_) {
      names.emplace_back(cell.text);
      first.try_emplace(names.back(), names.size() - 1);
    }
    bool good = true;
    for (const RowColumn& column : columns_) {
      const auto found = first.find(column.header);
      place_.push_back(found == first.end() ? 0 : found->second);
      if (found == first.end()) no_column(column, names);
      good = found != first.end() && unique(column, names) && good;
    }
    return good;
  }

  // One column of its name in the file, for one attribute.
  bool unique(const RowColumn& column, const std::vector<std::string>& names) {
    const auto again =
        std::find(names.begin() + static_cast<std::ptrdiff_t>(place_.back()) + 1, names.end(), column.header);
    if (again != names.end()) {
      fail(cells_[static_cast<std::size_t>(again - names.begin())].column, "a second column " + quoted(column.header));
      return false;
    }
    if (column.kind == RowColumn::Kind::weight || taken_.insert(column.header).second) return true;
    reading_.source.add(column.place, "the column " + quoted(column.header) + " is another attribute already", "",
                        "compute this one from that: {value: ...}");
    return false;
  }

  void no_column(const RowColumn& column, const std::vector<std::string>& names) const {
    std::string hint = did_you_mean(column.header, names);
    if (hint.empty() && names.size() == 1 && names[0].find_first_of(";\t") != std::string::npos) {
      hint = "commas separate columns";
    }
    std::string all;
    for (std::size_t i = 0; i < names.size() && all.size() < 200; ++i) {
      if (!names[i].empty()) all += (all.empty() ? "" : ", ") + names[i];
    }
    reading_.source.add(column.place, "there is no column " + quoted(column.header) + " in " + quoted(file_),
                        "its header is: " + all, hint);
  }

  bool row(std::string_view line) {
    ++table_.rows;
    if (cells_.size() != width_ || open_quote(line)) {
      if (worth_saying(columns_.size())) bad_row(line);
      return true;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (const auto value = cell(i, cells_[place_[i]])) values_[i].push_back(*value);
    }
    return true;
  }

  static bool open_quote(std::string_view line) { return std::count(line.begin(), line.end(), '"') % 2 != 0; }

  void bad_row(std::string_view line) {
    if (open_quote(line)) {
      fail(1, "a quote is not closed in this line", "", "take line breaks out of cells");
    } else {
      fail(1, "a row of " + counted(cells_.size(), "cell"), "the header has " + std::to_string(width_));
    }
  }

  std::optional<double> cell(std::size_t index, const Cell& cell) {
    const RowColumn& column = columns_[index];
    if (is_missing(cell.text)) {
      if (worth_saying(index)) {
        fail(cell.column, quoted(column.header) + " is missing", cell.text.empty() ? "" : "found " + quoted(cell.text),
             "leave this patient out, or fill it in");
      }
      return std::nullopt;
    }
    const bool formula = cell.text.front() == '=' || cell.text.front() == '@';
    if (column.kind == RowColumn::Kind::boolean && !formula) return boolean(index, cell);
    if (column.kind == RowColumn::Kind::category && !formula) return level(index, cell);
    const ParsedNumber parsed = parse_number(cell.text);
    if (parsed) return checked(index, cell, *parsed.value);
    if (worth_saying(index)) (void)csv_number(reading_, {file_, line_, cell.column}, cell, column.header);
    return std::nullopt;
  }

  std::optional<double> boolean(std::size_t index, const Cell& cell) {
    const std::string lower = lower_case(cell.text);
    if (lower == "true" || lower == "1") return 1;
    if (lower == "false" || lower == "0") return 0;
    if (worth_saying(index)) {
      fail(cell.column, quoted(cell.text) + " is neither true nor false",
           quoted(columns_[index].name) + " is a boolean", "write true or false, or 1 or 0");
    }
    return std::nullopt;
  }

  std::optional<double> level(std::size_t index, const Cell& cell) {
    const auto found = levels_[index].find(cell.text);
    if (found != levels_[index].end()) return found->second;
    if (worth_saying(index)) {
      fail(cell.column, quoted(cell.text) + " is none of the levels of " + quoted(columns_[index].name), "",
           did_you_mean(cell.text, columns_[index].levels));
    }
    return std::nullopt;
  }

  // A number that is read: its meaning in this column.
  std::optional<double> checked(std::size_t index, const Cell& cell, double value) {
    const RowColumn& column = columns_[index];
    const auto& levels = column.number_levels;
    switch (column.kind) {
      case RowColumn::Kind::time:
        value = years_from(value, column.unit);
        if (std::isfinite(value)) return value;
        if (worth_saying(index)) fail(cell.column, "a time of more than 1e308 years");
        return std::nullopt;
      case RowColumn::Kind::weight:
        if (value >= 0) return value;
        if (worth_saying(index)) fail(cell.column, "a weight of " + number_text(value), "weights are 0 or more");
        return std::nullopt;
      case RowColumn::Kind::level_number:
        if (std::find(levels.begin(), levels.end(), value) != levels.end()) return value;
        if (worth_saying(index)) {
          fail(cell.column, "the value " + number_text(value) + " is none of the levels of " + quoted(column.name));
        }
        return std::nullopt;
      default:
        return value;
    }
  }

  void finish(bool begun) {
    for (std::size_t i = 0; i < bad_.size(); ++i) {
      if (bad_[i].count <= most_problems || reading_.source.full()) continue;
      line_ = bad_[i].first_hidden;
      const std::string where = i < columns_.size() ? " in the column " + quoted(columns_[i].header) : "";
      fail(1, "from here on " + counted(bad_[i].count - most_problems, i < columns_.size() ? "more cell" : "more row") +
                  " with such problems" + where);
    }
    if (table_.rows == 0) {
      line_ = begun ? header_line_ : 0;
      fail(begun ? 1 : 0, begun ? "no rows follow this header" : "the file is empty", "one patient a row is needed");
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].kind == RowColumn::Kind::weight) {
        if (values_[i].size() == table_.rows) weights(i);
      } else {
        table_.columns.push_back(std::move(values_[i]));
      }
    }
  }

  void weights(std::size_t index) {
    table_.cumulative = std::move(values_[index]);
    double sum = 0;
    for (double& one : table_.cumulative) one = sum += one;
    line_ = 0;
    if (table_.rows > 0 && !(sum > 0))
      fail(0, "all weights in the column " + quoted(columns_[index].header) + " are 0");
    if (!std::isfinite(sum)) fail(0, "the weights in the column " + quoted(columns_[index].header) + " are too large");
  }

  Reading& reading_;
  const std::string& file_;
  const std::vector<RowColumn>& columns_;
  struct Bad {
    std::size_t count = 0;
    int first_hidden = 0;  // line
  };
  std::vector<Bad> bad_;            // problems by column; the last: of rows
  std::vector<std::size_t> place_;  // of each column in a row
  std::unordered_set<std::string> taken_;
  std::vector<std::unordered_map<std::string_view, double>> levels_;  // by column: its levels' numbers
  std::vector<std::vector<double>> values_;
  std::vector<Cell> cells_;
  distributions::RowTable table_;
  std::size_t width_ = 0;
  int line_ = 1, header_line_ = 1;
};

}  // namespace

std::optional<distributions::RowTable> read_rows_file(Reading& reading, const std::string& file, std::string_view text,
                                                      const std::vector<RowColumn>& columns) {
  return RowsReader(reading, file, columns).run(text);
}

}  // namespace sojourn::model
