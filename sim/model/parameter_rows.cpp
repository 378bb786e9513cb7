// Uncertainty from CSV files: samples of parameters, one a row, and a covariance matrix as R's write.csv leaves it.
#include <algorithm>
#include <map>
#include <utility>

#include "base/similar.hpp"
#include "config/text_check.hpp"
#include "model/csv.hpp"
#include "model/shapes.hpp"
#include "model/uncertainty_reading.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t most_problems = 10;  // of one file
constexpr std::size_t most_cells = 5'000'000;

// A table of numbers below a header of names.
class NumberTable {
 public:
  NumberTable(Reading& reading, Item file) : reading_(reading), item_(std::move(file)) {}

  // The lines' cells; false after a report.
  bool open() {
    const auto written = reading_.source.text(item_);
    if (!written) return false;
    path = reading_.path_of(item_, *written);
    const auto text = file_content(reading_, item_, path);
    if (!text) return false;
    text_ = *text;
    name_ = reading_.files.display_name(path);
    if (!config::check_text(name_, text_, false, reading_.source.problems())) return false;
    CsvLines lines(text_);
    while (lines.next()) {
      if (header.empty()) {
        for (const Cell& cell : cells(lines.line())) header.emplace_back(cell.text);
        header_line_ = lines.number();
        continue;
      }
      if ((rows.size() + 1) * header.size() > most_cells) {
        reading_.source.add(item_, "a table of more than 5 million cells");
        return false;
      }
      rows.push_back(cells(lines.line()));
      numbers_.push_back(lines.number());
      if (rows.back().size() == header.size()) continue;
      fail(rows.size() - 1, 1, "a row of " + counted(rows.back().size(), "cell"),
           "the header has " + std::to_string(header.size()));
    }
    if (header.empty()) reading_.source.problems().add({{name_, 0, 0}, "", "the table is empty", "", ""});
    return !header.empty() && problems_ == 0;
  }

  // The column of this name; nothing after a report at `place`.
  std::optional<std::size_t> column(const std::string& wanted, const Item& place) {
    const auto found = std::ranges::find(header, wanted);
    if (found != header.end() && std::find(found + 1, header.end(), wanted) == header.end())
      return static_cast<std::size_t>(found - header.begin());
    const bool twice = found != header.end();
    reading_.source.add_at_key(
        place, (twice ? "two columns " : "there is no column ") + quoted(wanted) + " in " + quoted(name_), "",
        twice ? "" : did_you_mean(wanted, header));
    return std::nullopt;
  }

  std::optional<double> number(std::size_t row, std::size_t column) {
    if (problems_ >= most_problems) return std::nullopt;
    const Cell& cell = rows[row][column];
    const auto value = csv_number(reading_, {name_, numbers_[row], cell.column}, cell, header[column]);
    problems_ += value ? 0 : 1;
    return value;
  }

  void fail(std::size_t row, int column, std::string problem, std::string why = {}, std::string hint = {}) {
    if (++problems_ > most_problems) return;
    reading_.source.problems().add(
        {{name_, numbers_[row], column}, "", std::move(problem), std::move(why), std::move(hint)});
  }
  void fail_in_header(std::string problem, std::string why, std::string hint) {
    ++problems_;
    reading_.source.problems().add({{name_, header_line_, 1}, "", std::move(problem), std::move(why), std::move(hint)});
  }
  [[nodiscard]] bool good() const { return problems_ == 0; }

  std::string path;
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;

 private:
  Reading& reading_;
  Item item_;
  std::string name_, text_;
  std::vector<int> numbers_;  // of the rows' lines
  int header_line_ = 0;
  std::size_t problems_ = 0;
};

class ParameterRowsReader {
 public:
  ParameterRowsReader(UncertaintyReading& shared, const std::string& name, const Item& item)
      : shared_(shared),
        source_(shared.reading.source),
        fields_(source_, item, shapes::joint_rows),
        table_(shared.reading, fields_["file"]) {
    made_.name = name;
  }

  void run() {
    if (!fields_.ok() || !fields_["file"] || !pick() || !table_.open()) return;
    if (!(fields_.has("columns") ? named_columns() : all_columns())) return;
    const auto units = shared_.units(fields_, made_.parameters);
    if (!units) return;
    if (table_.rows.empty()) {
      source_.add(fields_["file"], "the file has no rows below its header");
      return;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) read(i, (*units)[i]);
    if (!table_.good()) return;
    made_.file = table_.path;
    made_.rows = table_.rows.size();
    shared_.reading.model.uncertainty.rows.push_back(std::move(made_));
  }

 private:
  bool pick() {
    const auto text = source_.text(fields_["pick"]);
    made_.in_order = !text || *text == "in_order";
    if (!made_.in_order && *text != "resample") {
      source_.add(fields_["pick"], quoted(*text) + " does not say how a sample gets a row",
                  config::alternatives(shapes::parameter_row_picks));
      return false;
    }
    if (!made_.in_order) shared_.draws(fields_.item(), made_.name);
    return true;
  }

  bool named_columns() {
    const auto parameters = shared_.claim_keys(fields_["columns"]);
    if (!parameters || parameters->empty()) return false;
    made_.parameters = *parameters;
    bool all = true;
    for (const Item& item : source_.children(fields_["columns"])) {
      const auto header = source_.text(item);
      const auto place = header ? table_.column(*header, item) : std::nullopt;
      all = all && place;
      places_.push_back(place.value_or(0));
    }
    return all;
  }

  // Each column is a parameter.
  bool all_columns() {
    const auto known = shared_.reading.names.all(Names::Kind::parameter);
    bool all = true;
    for (std::size_t i = 0; i < table_.header.size(); ++i) {
      const std::string& name = table_.header[i];
      if (std::ranges::find(known, name) == known.end()) {
        const std::string hint = did_you_mean(name, known);
        table_.fail_in_header("the column " + quoted(name) + " is no parameter", "",
                              hint.empty() ? "name the columns that are under `columns`" : hint);
        all = false;
      } else if (const auto id = shared_.claim(fields_["file"], name, false)) {
        made_.parameters.push_back(*id);
        places_.push_back(i);
      } else {
        all = false;
      }
    }
    return all;
  }

  void read(std::size_t index, double unit) {
    const Parameter& parameter = shared_.parameter(made_.parameters[index]);
    std::vector<double>& values = made_.columns.emplace_back();
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
      const auto number = table_.number(row, places_[index]);
      if (!number) continue;
      const double value = *number * unit;
      const bool low = parameter.low && value < *parameter.low, high = parameter.high && value > *parameter.high;
      if (low || high) {
        table_.fail(row, table_.rows[row][places_[index]].column,
                    quoted(parameter.name) + " is " + (low ? "below" : "above") + " its range, whose " +
                        (low ? "lowest" : "highest") + " is " +
                        shown(low ? *parameter.low : *parameter.high, parameter.value.type()));
      }
      values.push_back(value);
    }
  }

  UncertaintyReading& shared_;
  const config::Source& source_;
  Fields fields_;
  NumberTable table_;
  ParameterRows made_;
  std::vector<std::size_t> places_;  // of each parameter's column
};

}  // namespace

void read_parameter_rows(UncertaintyReading& shared, const std::string& name, const Item& item) {
  ParameterRowsReader(shared, name, item).run();
}

// With a first column of row names, or without; then the rows are in the order of the columns.
std::optional<std::vector<std::vector<double>>> read_matrix_file(Reading& reading, const Item& file,
                                                                 const std::vector<std::string>& names,
                                                                 const std::vector<Item>& places) {
  NumberTable table(reading, file);
  if (!table.open()) return std::nullopt;
  const bool named_rows = std::ranges::find(names, table.header.front()) == names.end();
  const std::size_t first = named_rows ? 1 : 0;
  if (table.header.size() != table.rows.size() + first) {
    table.fail_in_header("a covariance matrix has as many rows as columns",
                         counted(table.rows.size(), "row") + ", " + counted(table.header.size(), "column"),
                         "write it with write.csv(vcov(fit), file)");
    return std::nullopt;
  }
  for (std::size_t i = 0; named_rows && i < table.rows.size(); ++i) {
    if (table.rows[i][0].text == table.header[i + 1]) continue;
    table.fail(i, 1, "this row is called " + quoted(table.rows[i][0].text),
               "its place among the columns is that of " + quoted(table.header[i + 1]));
  }
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto column = table.column(names[i], places[i]);
    if (column && *column >= first) columns.push_back(*column);
  }
  if (!table.good() || columns.size() != names.size()) return std::nullopt;
  std::vector<std::vector<double>> matrix;
  for (const std::size_t row : columns) {
    matrix.emplace_back();
    for (const std::size_t column : columns) matrix.back().push_back(table.number(row - first, column).value_or(0));
  }
  if (!table.good()) return std::nullopt;
  return matrix;
}

}  // namespace sojourn::model
