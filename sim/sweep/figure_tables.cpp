#include "sweep/figure_tables.hpp"

#include <limits>

#include "base/csv_text.hpp"
#include "sweep/tables.hpp"

namespace sojourn::sweep {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double se_or_missing(const Reached& one) {
  return one.se > 0 ? one.se : missing;
}

}  // namespace

FigureTables::FigureTables(store::TableFile& file, const Scenarios& scenarios)
    : file_(file), scenarios_(scenarios), wanted_(scenarios.recalibration()) {
  if (!any()) return;
  file_.table(targets_table());
  achieved_ = file_.begin("achieved", "the targets in each scenario: one row for each scenario and target",
                          {{"scenario", "", "as in scenarios", true},
                           {"target", "", "its row in targets, from 1", true},
                           {"wanted", "", "in the target's unit"},
                           {"tolerance", "", "how far from it is near enough"},
                           {"achieved", "", "what the scenario gives"},
                           {"se", "", "its Monte Carlo standard error; missing if no two patients differ"},
                           {"lower", "", "95% interval by Monte Carlo error"},
                           {"upper", "", "95% interval by Monte Carlo error"},
                           {"residual", "", "achieved less wanted"},
                           {"standing", "", "0: met; 1: beyond the tolerance, too near to tell; 2: missed", true}},
                          chunk_rows(scenarios_.size() * wanted_.figures.size()));
  if (!wanted_.solves()) return;
  std::vector<store::StreamColumn> columns{{"scenario", "", "as in scenarios", true},
                                           {"evaluations", "", "of the model, from all starts of the search", true},
                                           {"ended", "",
                                            "the search: 0: all within a tenth of the tolerance; 1: nothing promised "
                                            "a gain any more; 2: evaluations were used up",
                                            true}};
  for (const Unknown& one : wanted_.unknowns) columns.push_back({one.parameter, one.unit, "solved for"});
  recalibrated_ = file_.begin("recalibrated", "the parameters that were solved for: one row a scenario", columns,
                              chunk_rows(scenarios_.size()));
}

std::string FigureTables::given(const std::string& what) const {
  return wanted_.solves() ? what + "; given the parameters that were solved for" : what;
}

std::string FigureTables::unit_of_figure(const Figure& one) const {
  for (const Unknown& unknown : wanted_.unknowns) {
    if (one.outcome.empty() && unknown.id == one.parameter) return unknown.unit;
  }
  return "";
}

Table FigureTables::targets_table() const {
  std::vector<std::string> names, outcomes, parameters, levels, strategies, units, sources;
  std::vector<double> times;
  std::vector<std::int64_t> patients;
  for (const Figure& one : wanted_.figures) {
    const bool own = one.outcome.empty();
    names.push_back(one.name);
    outcomes.push_back(one.outcome);
    parameters.push_back(own ? one.name : "");
    levels.push_back(one.level);
    times.push_back(one.at > 0 ? one.at : missing);
    units.push_back(unit_of_figure(one));
    strategies.push_back(wanted_.strategy);
    patients.push_back(own ? 0 : wanted_.patients);
    sources.push_back(one.source);
  }
  return {"targets",
          "the figures that the model is to give; `target` counts from 1 in this order",
          {{"name", "", "outcome, group or level, time", std::move(names)},
           {"outcome", "", "that it is of", std::move(outcomes)},
           {"parameter", "", "that is wanted near a value, instead", std::move(parameters)},
           {"level", "", "group or level", std::move(levels)},
           {"time", "years", "since the origin", std::move(times)},
           {"unit", "", "of a parameter", std::move(units)},
           {"strategy", "", "under which it holds", std::move(strategies)},
           {"patients", "", "who lived for it, in each scenario", std::move(patients)},
           {"source", "", "where the model has it from", std::move(sources)}}};
}

void FigureTables::append(std::size_t scenario, const Solution& found) {
  const auto number = static_cast<double>(scenario + 1);
  for (std::size_t f = 0; f < found.reached.size(); ++f) {
    const Reached& one = found.reached[f];
    const bool own = wanted_.figures[f].outcome.empty();
    const double row[] = {number,
                          static_cast<double>(f + 1),
                          one.wanted,
                          one.tolerance,
                          one.value,
                          se_or_missing(one),
                          own ? missing : one.lower,
                          own ? missing : one.upper,
                          one.residual(),
                          static_cast<double>(standing_of(one))};
    file_.append(achieved_, row);
  }
  if (!wanted_.solves()) return;
  std::vector<double> row{number, static_cast<double>(found.evaluations), static_cast<double>(found.ended)};
  row.insert(row.end(), found.unknowns.begin(), found.unknowns.end());
  file_.append(recalibrated_, row);
}

std::vector<store::StreamColumn> FigureTables::wide_columns() const {
  std::vector<store::StreamColumn> columns;
  for (const Unknown& one : wanted_.unknowns) {
    columns.push_back({"recalibrated." + one.parameter, one.unit, "solved for"});
  }
  for (const Figure& one : wanted_.figures) {
    columns.push_back({"target." + one.name, "", "what the scenario gives"});
    columns.push_back({"target." + one.name + ".se", "", "Monte Carlo standard error"});
    columns.push_back({"target." + one.name + ".residual", "", "less what is wanted"});
  }
  return columns;
}

void FigureTables::append_wide(const Solution* found, std::vector<double>& row) const {
  for (std::size_t k = 0; k < wanted_.unknowns.size(); ++k) row.push_back(found ? found->unknowns[k] : missing);
  for (std::size_t f = 0; f < wanted_.figures.size(); ++f) {
    row.push_back(found ? found->reached[f].value : missing);
    row.push_back(found ? se_or_missing(found->reached[f]) : missing);
    row.push_back(found ? found->reached[f].residual() : missing);
  }
}

// In the columns of the estimates; the difference is to what is wanted.
void FigureTables::append_csv(const Solution& found, const std::string& head, std::string& csv) const {
  const auto line_of = [&](const std::string& what, const char* measure, const std::string& level, double time,
                           const std::string& unit) {
    csv += head;
    CsvLine line(csv);
    line.text(csv_cell(what)).text(measure).text("").text(csv_cell(level)).number(time).text(csv_cell(unit));
    line.text(csv_cell(wanted_.strategy));
    return line;
  };
  for (std::size_t k = 0; k < wanted_.unknowns.size(); ++k) {
    const Unknown& one = wanted_.unknowns[k];
    auto line = line_of(one.parameter, "recalibrated", "", missing, one.unit);
    line.number(static_cast<double>(wanted_.patients)).number(found.unknowns[k]);
    for (int empty = 0; empty < 7; ++empty) line.number(missing);
    line.end();
  }
  for (std::size_t f = 0; f < wanted_.figures.size(); ++f) {
    const Figure& figure = wanted_.figures[f];
    const Reached& one = found.reached[f];
    const double se = se_or_missing(one);
    auto line = line_of(figure.outcome.empty() ? figure.name : figure.outcome, "target", figure.level,
                        figure.at > 0 ? figure.at : missing, unit_of_figure(figure));
    const bool own = figure.outcome.empty();
    const double lower = own ? missing : one.lower, upper = own ? missing : one.upper;
    line.number(static_cast<double>(own ? 0 : wanted_.patients)).number(one.value).number(se);
    line.number(lower).number(upper).number(one.residual()).number(se);
    line.number(lower - one.wanted).number(upper - one.wanted).end();
  }
}

}  // namespace sojourn::sweep
