// A survival curve in a CSV file: the columns time and survival, one row a point; other columns are left alone.
#include <algorithm>

#include "base/similar.hpp"
#include "config/text_check.hpp"
#include "distributions/tables.hpp"
#include "model/csv.hpp"

namespace sojourn::model {
namespace {

class CurveReader {
 public:
  CurveReader(Reading& reading, std::string file, double unit)
      : reading_(reading), file_(std::move(file)), unit_(unit) {}

  std::optional<Table> run(std::string_view text) {
    const std::size_t before = reading_.source.problems().size();
    if (!config::check_text(file_, text, false, reading_.source.problems())) return std::nullopt;
    CsvLines lines(text);
    for (bool begun = false; lines.next(); begun = true) {
      line_ = lines.number();
      if (begun ? !row(cells(lines.line())) : !header(cells(lines.line()))) return std::nullopt;
    }
    if (reading_.source.problems().size() > before) return std::nullopt;
    if (curve_.breaks.empty()) {
      line_ = 0;
      fail(0, "the file holds no points of a curve");
      return std::nullopt;
    }
    return check() ? std::optional(std::move(curve_)) : std::nullopt;
  }

 private:
  bool fail(int column, std::string problem, std::string why = {}, std::string hint = {}) {
    reading_.source.problems().add({{file_, line_, column}, "", std::move(problem), std::move(why), std::move(hint)});
    return false;
  }

  bool header(const std::vector<Cell>& names) {
    width_ = names.size();
    for (const std::string_view wanted : {"time", "survival"}) {
      const auto found = std::find_if(names.begin(), names.end(), [&](const Cell& one) { return one.text == wanted; });
      if (found == names.end()) {
        return fail(1, "there is no column " + quoted(wanted), "a curve has the columns time and survival",
                    names.size() == 1 ? "commas separate columns" : "");
      }
      (wanted == "time" ? time_ : survival_) = static_cast<std::size_t>(found - names.begin());
    }
    return true;
  }

  bool row(const std::vector<Cell>& row) {
    if (row.size() != width_) {
      return fail(1, "there are " + counted(row.size(), "cell") + " in this row",
                  "the header has " + std::to_string(width_));
    }
    const Cell &at = row[time_], &value = row[survival_];
    const auto time = csv_number(reading_, {file_, line_, at.column}, at, "time");
    const auto survival = csv_number(reading_, {file_, line_, value.column}, value, "survival");
    if (!time || !survival) return !reading_.source.full();
    curve_.breaks.push_back(*time * unit_);
    curve_.rates.push_back(*survival);
    lines_.push_back(line_);
    return true;
  }

  bool check() {
    const auto problem = distributions::curve_problem(curve_.breaks, curve_.rates);
    if (!problem) return true;
    line_ = lines_[static_cast<std::size_t>(problem->parameter)];
    return fail(1, problem->problem, problem->why);
  }

  Reading& reading_;
  std::string file_;
  double unit_;  // [years]
  Table curve_;
  std::vector<int> lines_;  // by point
  std::size_t width_ = 0, time_ = 0, survival_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<Table> read_curve_file(Reading& reading, const Item& file, double unit) {
  const auto path = reading.source.text(file);
  if (!path) return std::nullopt;
  const std::string place = reading.path_of(file, *path);
  const auto text = file_content(reading, file, place);
  if (!text) return std::nullopt;
  return CurveReader(reading, reading.files.display_name(place), unit).run(*text);
}

}  // namespace sojourn::model
