#include "model/life_table_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/elementary.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"
#include "config/text_check.hpp"
#include "model/csv.hpp"
#include "model/life_grid.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t oldest = 200;   // [years]
constexpr double dead_at_once = 1e6;  // [1/years]: past the last age with `beyond: die`; 99% within 2 minutes

class TableReader {
 public:
  TableReader(Reading& reading, std::string file, std::vector<std::string> levels, std::string by, bool die)
      : reading_(reading),
        file_(std::move(file)),
        levels_(std::move(levels)),
        by_(std::move(by)),
        die_(die),
        rates_(std::max<std::size_t>(levels_.size(), 1)) {}

  std::optional<std::vector<Table>> run(std::string_view text) {
    const std::size_t before = reading_.source.problems().size();
    if (!config::check_text(file_, text, false, reading_.source.problems())) return std::nullopt;
    CsvLines lines(text);
    for (bool begun = false; lines.next(); begun = true) {
      line_ = lines.number();
      if (begun ? !row(cells(lines.line())) : !header(cells(lines.line()))) return std::nullopt;
    }
    finish();
    if (reading_.source.problems().size() > before) return std::nullopt;
    return std::move(tables_);
  }

  [[nodiscard]] bool by_year() const { return year_ >= 0; }

 private:
  bool fail(int column, std::string problem, std::string why = {}, std::string hint = {}) {
    reading_.source.problems().add({{file_, line_, column}, "", std::move(problem), std::move(why), std::move(hint)});
    return false;
  }

  bool header(const std::vector<Cell>& names) {
    width_ = names.size();
    const auto find = [&](std::string_view name) {
      const auto found = std::find_if(names.begin(), names.end(), [&](const Cell& one) { return one.text == name; });
      return found == names.end() ? -1 : static_cast<int>(found - names.begin());
    };
    age_ = find("age");
    if (age_ < 0)
      return fail(1, "the column `age` is missing", "completed years, 0, 1, 2, ...",
                  names.size() == 1 ? "separate the columns with commas" : "");
    if (!by_.empty() && (level_ = find(by_)) < 0)
      return fail(1, "the column " + quoted(by_) + " is missing", "the table is read `by: " + by_ + "`");
    year_ = find("year");
    int rates = 0;
    for (std::size_t i = 0; i < names_of_rates.size(); ++i) {
      const int at = find(names_of_rates[i]);
      if (at < 0) continue;
      ++rates;
      rate_ = at;
      meaning_ = i;
    }
    if (rates != 1)
      return fail(1, rates == 0 ? "a column of rates is missing" : "more than one column of rates",
                  "rate, daily_rate or probability");
    for (const Cell& one : names) {
      const bool attribute = reading_.names.find(Names::Kind::attribute, std::string(one.text)).has_value();
      const bool read = one.text == "age" || one.text == "year" || one.text == by_;
      if (attribute && !read && by_.empty()) forgotten_ = one.text;
    }
    return true;
  }

  // Where a row comes twice.
  [[nodiscard]] std::string hint() const {
    return forgotten_.empty() ? ""
                              : "the file has a column " + quoted(forgotten_) + ": write `by: " + forgotten_ + "`?";
  }

  bool row(const std::vector<Cell>& row) {
    if (row.size() != width_) {
      return fail(1, "this row has " + std::to_string(row.size()) + (row.size() == 1 ? " cell" : " cells"),
                  "the header has " + std::to_string(width_));
    }
    const auto age = number(row[static_cast<std::size_t>(age_)], "age");
    const auto rate = number(row[static_cast<std::size_t>(rate_)], names_of_rates[meaning_]);
    std::size_t level = 0;
    if (level_ >= 0) {
      const Cell& cell = row[static_cast<std::size_t>(level_)];
      const auto found = std::find(levels_.begin(), levels_.end(), cell.text);
      if (found == levels_.end()) {
        fail(cell.column, quoted(cell.text) + " is no level of " + quoted(by_), "", did_you_mean(cell.text, levels_));
        return true;
      }
      level = static_cast<std::size_t>(found - levels_.begin());
    }
    if (!age || !rate) return true;
    if (by_year()) return square(row, level, *age, *rate);
    auto& column = rates_[level];
    const double expected = static_cast<double>(column.size());
    if (*age != expected) {
      return fail(
          row[static_cast<std::size_t>(age_)].column,
          "the age " + number_text(*age) + " comes where " + number_text(expected) + " is due",
          level_ < 0 ? "ages are 0, 1, 2, ... without gaps" : "ages are 0, 1, 2, ... without gaps for each level",
          hint());
    }
    if (column.size() > oldest) return fail(1, "ages beyond " + std::to_string(oldest));
    column.push_back(*rate);
    return true;
  }

  bool square(const std::vector<Cell>& row, std::size_t level, double age, double rate) {
    const Cell &year_cell = row[static_cast<std::size_t>(year_)], &age_cell = row[static_cast<std::size_t>(age_)];
    const auto year = number(year_cell, "year");
    const auto whole = [](double x, double low, double high) { return x >= low && x <= high && x == std::floor(x); };
    if (!whole(age, 0, static_cast<double>(oldest))) {
      fail(age_cell.column, "the age " + number_text(age) + " is no number of completed years",
           "0, 1, 2, ..., at most " + std::to_string(oldest));
      return true;
    }
    if (!year) return true;
    if (!whole(*year, 1000, 9999)) {
      fail(year_cell.column, "the year " + number_text(*year) + " is no calendar year", "a whole number such as 2010");
      return true;
    }
    grid_.add({level, static_cast<int>(*year), static_cast<int>(age), rate, line_});
    return true;
  }

  std::optional<double> number(const Cell& cell, std::string_view name) {
    const auto value = csv_number(reading_, {file_, line_, cell.column}, cell, name);
    if (!value || name == "age" || name == "year") return value;
    if (*value < 0) {
      fail(cell.column, "the " + std::string(name) + " is negative");
      return std::nullopt;
    }
    return per_year(cell, *value);
  }

  std::optional<double> per_year(const Cell& cell, double value) {
    if (meaning_ == 1) value *= 365.25;
    if (meaning_ == 2) {
      if (value >= 1) {
        fail(cell.column, "a probability of " + number_text(value) + " is no rate", "it must be below 1",
             "end the table before this age and write `beyond: die`");
        return std::nullopt;
      }
      value = -log1p(-value);
    }
    if (std::isfinite(value)) return value;
    fail(cell.column, "the rate is too large");
    return std::nullopt;
  }

  void finish_grid() {
    auto problems = grid_.problems(levels_);
    for (LifeGrid::Problem& one : problems) {
      line_ = one.line;
      fail(one.line > 0 ? 1 : 0, std::move(one.problem), std::move(one.why), hint());
    }
    if (problems.empty()) tables_ = grid_.tables(levels_.size(), die_ ? dead_at_once : -1);
  }

  void finish() {
    if (by_year()) return finish_grid();
    for (std::size_t level = 0; level < rates_.size(); ++level) {
      auto& rates = rates_[level];
      if (rates.empty()) {
        line_ = 0;
        fail(0, levels_.empty() ? "the table holds no rates" : "no rows for the level " + quoted(levels_[level]));
        continue;
      }
      Table made;
      for (std::size_t age = 0; age < rates.size(); ++age) made.breaks.push_back(static_cast<double>(age));
      if (die_) {
        made.breaks.push_back(static_cast<double>(rates.size()));
        rates.push_back(dead_at_once);
      }
      made.rates = std::move(rates);
      tables_.push_back(std::move(made));
    }
  }

  static constexpr std::array<std::string_view, 3> names_of_rates{"rate", "daily_rate", "probability"};

  Reading& reading_;
  std::string file_;
  std::vector<std::string> levels_;
  std::string by_;
  std::string forgotten_;  // a column that is an attribute, and is not read
  bool die_;
  std::vector<std::vector<double>> rates_;  // by level, by age [1/years]
  std::vector<Table> tables_;
  LifeGrid grid_;
  std::size_t width_ = 0, meaning_ = 0;
  int age_ = -1, year_ = -1, level_ = -1, rate_ = -1, line_ = 1;
};

}  // namespace

std::optional<std::vector<Table>> read_life_table_file(Reading& reading, const Item& item, const std::string& path,
                                                       const std::vector<std::string>& levels, const std::string& by,
                                                       bool die) {
  const auto text = file_content(reading, item, path);
  if (!text) return std::nullopt;
  return TableReader(reading, reading.files.display_name(path), levels, by, die).run(*text);
}

}  // namespace sojourn::model
