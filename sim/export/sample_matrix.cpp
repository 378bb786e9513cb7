#include "export/sample_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/error.hpp"
#include "base/number_text.hpp"
#include "base/similar.hpp"

namespace sojourn::exports {

namespace {

const std::vector<std::string> cell_columns = {"measure", "group", "level", "time"};

const Column* find_column(const Table& table, const std::string& name) {
  for (const Column& column : table.columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

std::string cell_text(const Column& column, std::size_t row) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) return (*texts)[row];
  if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) return csv_number((*numbers)[row]);
  return std::to_string(std::get<std::vector<std::int64_t>>(column.values)[row]);
}

// `5`, `5.0` and `5e0` are the same time.
bool matches(const Column& column, std::size_t row, const std::string& wanted) {
  if (std::holds_alternative<std::vector<std::string>>(column.values)) return cell_text(column, row) == wanted;
  const ParsedNumber number = parse_number(wanted);
  return number && csv_number(*number.value) == cell_text(column, row);
}

// What distinguishes a figure from others of its outcome: "level=discounted,time=5".
std::string figure_of(const Table& samples, std::size_t row) {
  std::string text;
  for (const std::string& name : cell_columns) {
    const Column* column = find_column(samples, name);
    const std::string value = column == nullptr ? "" : cell_text(*column, row);
    if (!value.empty()) text += (text.empty() ? "" : ",") + name + "=" + value;
  }
  return text;
}

std::vector<std::size_t> rows_of_figure(const Source& source, const Table& samples, const Figure& figure) {
  const auto& outcomes = texts_of(source, samples, "outcome");
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    if (outcomes[row] == figure.outcome) rows.push_back(row);
  }
  if (rows.empty()) {
    const std::set<std::string> sorted(outcomes.begin(), outcomes.end());
    const std::vector<std::string> known(sorted.begin(), sorted.end());
    const std::string hint = did_you_mean(figure.outcome, known);
    throw InputError(figure.option + ": the samples hold no outcome '" + figure.outcome + "'" +
                     (hint.empty() ? "" : "; " + hint));
  }
  for (const auto& [name, wanted] : figure.where) {
    const Column* column = find_column(samples, name);
    if (column == nullptr) throw InputError(figure.option + ": the samples have no column '" + name + "'");
    std::erase_if(rows, [&](std::size_t row) { return !matches(*column, row, wanted); });
  }
  return rows;
}

std::set<std::string> figures_of(const Table& samples, const std::vector<std::size_t>& rows) {
  std::set<std::string> figures;
  for (const std::size_t row : rows) figures.insert(figure_of(samples, row));
  return figures;
}

void keep_discounted(const Table& samples, std::vector<std::size_t>& rows) {
  const Column* measure = find_column(samples, "measure");
  if (measure == nullptr) return;
  std::vector<std::size_t> discounted;
  for (const std::size_t row : rows) {
    if (cell_text(*measure, row).starts_with("discounted_")) discounted.push_back(row);
  }
  if (figures_of(samples, discounted).size() == 1) rows = std::move(discounted);
}

// The one figure that the rows are about.
std::string one_figure(const Table& samples, const Figure& figure, std::vector<std::size_t>& rows) {
  std::set<std::string> figures = figures_of(samples, rows);
  if (figures.size() == 2 && figure.where.empty()) {
    keep_discounted(samples, rows);
    figures = figures_of(samples, rows);
  }
  if (figures.size() == 1) return figure.outcome + (figures.begin()->empty() ? "" : "," + *figures.begin());
  if (figures.empty()) throw InputError(figure.option + ": '" + figure.outcome + "' has no such figure");
  std::string text = figure.option + ": '" + figure.outcome + "' has " + std::to_string(figures.size()) + " figures (";
  std::size_t named = 0;
  for (const std::string& one : figures) {
    if (named == 6) {
      text += ", ...";
      break;
    }
    text += (named++ > 0 ? "; " : "") + (one.empty() ? "the whole" : one);
  }
  throw InputError(text + "); choose one, as in " + figure.option + " " + figure.outcome + "," + *figures.rbegin());
}

std::int64_t whole(const Source& source, double sample) {
  if (sample >= 0 && sample <= 1e15 && sample == std::floor(sample)) return static_cast<std::int64_t>(sample);
  throw InputError(source.path() + ": the number of a sample is no whole number (is the file damaged?)");
}

}  // namespace

Figure parse_figure(const std::string& option, const std::string& text) {
  Figure figure{option, text.substr(0, text.find(',')), {}};
  for (std::size_t at = figure.outcome.size(); at < text.size();) {
    const std::size_t end = std::min(text.find(',', at + 1), text.size());
    const std::string part = text.substr(at + 1, end - at - 1);
    const std::size_t equals = part.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw InputError(option + ": '" + part + "' is not COLUMN=VALUE, as in " + figure.outcome + ",time=5");
    }
    figure.where.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    at = end;
  }
  return figure;
}

const std::vector<std::string>& texts_of(const Source& source, const Table& table, const std::string& name) {
  const Column* column = find_column(table, name);
  const auto* texts = column == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&column->values);
  if (texts != nullptr) return *texts;
  throw InputError(source.path() + ": its table '" + table.name + "' has no column '" + name + "' of texts");
}

std::vector<double> numbers_of(const Source& source, const Table& table, const std::string& name) {
  const Column* column = find_column(table, name);
  if (column != nullptr) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&column->values)) return *numbers;
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column->values))
      return {integers->begin(), integers->end()};
  }
  throw InputError(source.path() + ": its table '" + table.name + "' has no column '" + name + "' of numbers");
}

SampleMatrix sample_matrix(const Source& source, const Table& samples, const Figure& figure) {
  std::vector<std::size_t> rows = rows_of_figure(source, samples, figure);
  SampleMatrix made;
  made.figure = one_figure(samples, figure, rows);
  const std::vector<double> numbers = numbers_of(source, samples, "sample");
  const std::vector<double> estimates = numbers_of(source, samples, "estimate");
  const auto& strategies = texts_of(source, samples, "strategy");
  const std::size_t columns = source.strategies().size();
  for (const double number : numbers) {
    if (whole(source, number) > 0) made.samples.push_back(static_cast<std::int64_t>(number));
  }
  std::sort(made.samples.begin(), made.samples.end());
  made.samples.erase(std::unique(made.samples.begin(), made.samples.end()), made.samples.end());
  if (made.samples.empty()) throw InputError(source.path() + ": its table of samples is empty");
  made.values.assign(made.samples.size() * columns, std::numeric_limits<double>::quiet_NaN());
  const auto complain = [&](std::int64_t sample, const std::string& strategy, const std::string& what) {
    throw InputError(source.path() + ": sample " + std::to_string(sample) + " has " + what + " of '" + figure.outcome +
                     "' under '" + strategy + "'; a row must be one sample under every strategy");
  };
  for (const std::size_t row : rows) {
    const auto sample = static_cast<std::int64_t>(numbers[row]);
    const auto column = std::find_if(source.strategies().begin(), source.strategies().end(),
                                     [&](const ChosenStrategy& s) { return s.name == strategies[row]; });
    if (sample == 0 || column == source.strategies().end()) continue;
    const auto at = std::lower_bound(made.samples.begin(), made.samples.end(), sample) - made.samples.begin();
    double& cell = made.values[static_cast<std::size_t>(at) * columns +
                               static_cast<std::size_t>(column - source.strategies().begin())];
    if (!std::isnan(cell)) complain(sample, column->name, "two numbers");
    cell = estimates[row];
  }
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    if (!std::isfinite(made.values[i])) {
      complain(made.samples[i / columns], source.strategies()[i % columns].name, "no number");
    }
  }
  return made;
}

}  // namespace sojourn::exports
