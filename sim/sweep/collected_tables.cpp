#include "sweep/collected_tables.hpp"

#include <map>

#include "base/csv_text.hpp"
#include "sweep/tables.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::size_t wide_budget = 2 << 20;  // [values] of a chunk of the wide table, over all columns

}  // namespace

CollectedTables::CollectedTables(store::TableFile& file, const Scenarios& scenarios, const Quantities& names,
                                 const std::vector<Table>& more, const std::string& csv)
    : file_(file),
      scenarios_(scenarios),
      names_(names),
      axes_(axis_columns(scenarios)),
      figures_(file, scenarios),
      more_(file) {
  begin_long();
  begin_wide();
  for (const Table& one : more) {
    more_.begin(one, figures_.given(one.description + "; of each scenario"), rows_of(one) * scenarios.size());
  }
  if (!csv.empty()) begin_csv(csv);
}

void CollectedTables::begin_long() {
  const store::StreamColumn scenario{"scenario", "", "as in scenarios", true};
  long_ = file_.begin("long", "estimates: one row for each scenario and quantity",
                      {scenario,
                       {"quantity", "", "its row in quantities, from 1", true},
                       {"n", "", "patients counted", true},
                       {"events", "", "of a proportion: patients to whom it happened, else -1", true},
                       {"estimate", "", "in the quantity's unit"},
                       {"se", "", figures_.given("Monte Carlo standard error; missing if no two patients differ")},
                       {"lower", "", figures_.given("95% interval")},
                       {"upper", "", figures_.given("95% interval")},
                       {"difference", "", "to the reference strategy"},
                       {"difference_se", "", figures_.given("its standard error; patients are shared")},
                       {"difference_lower", "", figures_.given("95% interval")},
                       {"difference_upper", "", figures_.given("95% interval")}},
                      chunk_rows(names_.quantities().size() * scenarios_.size()));
  pairs_ = file_.begin(
      "comparisons", "paired differences: one row for each scenario and pair",
      {scenario,
       {"pair", "", "its row in pairs, from 1", true},
       {"difference", "", "of the strategy less the other"},
       {"se", "", figures_.given("Monte Carlo standard error; missing if no patient differs")},
       {"simultaneous_lower", "", figures_.given("95% for one strategy against all others at once (Bonferroni)")},
       {"simultaneous_upper", "", figures_.given("95% for one strategy against all others at once (Bonferroni)")}},
      chunk_rows(names_.comparisons().size() * scenarios_.size()));
}

// Axes that are texts are in `scenarios` only.
void CollectedTables::begin_wide() {
  std::vector<store::StreamColumn> columns{{"scenario", "", "as in scenarios", true}};
  for (const Column& one : axes_) {
    if (std::holds_alternative<std::vector<double>>(one.values))
      columns.push_back({one.name, one.unit, one.description});
  }
  std::map<std::string, int> used;
  for (const Quantity& one : names_.quantities()) {
    std::string name = one.name + "." + one.strategy;
    if (const int again = used[name]++; again > 0) name += "#" + std::to_string(again + 1);
    columns.push_back({name, one.unit, one.label});
    columns.push_back({name + ".se", one.unit, figures_.given("Monte Carlo standard error")});
    columns.push_back({name + ".difference", one.unit, "to the reference strategy"});
    columns.push_back({name + ".difference_se", one.unit, figures_.given("its standard error")});
  }
  for (store::StreamColumn& one : figures_.wide_columns()) columns.push_back(std::move(one));
  std::size_t rows = 1;
  while (rows * 2 * columns.size() <= wide_budget && rows < scenarios_.size()) rows *= 2;
  wide_ = file_.begin("wide", "estimates: one row a scenario, a column for each quantity and strategy", columns, rows);
}

void CollectedTables::begin_csv(const std::string& path) {
  csv_file_.emplace(path);
  csv_ = "scenario,id";
  for (const Column& one : axes_) csv_ += "," + csv_cell(one.name);
  csv_ +=
      ",outcome,measure,group,level,time,unit,strategy,n,estimate,se,lower,upper,difference,difference_se,"
      "difference_lower,difference_upper\n";
}

void CollectedTables::append(std::size_t scenario, const Numbers& numbers, const Solution* found) {
  const std::string head = csv_file_ ? csv_head(scenario) : "";
  const auto number = static_cast<double>(scenario + 1);
  for (const auto& [quantity, x] : numbers.estimates) {
    const double row[] = {number,
                          static_cast<double>(quantity + 1),
                          x.n,
                          x.events,
                          x.estimate,
                          x.se,
                          x.lower,
                          x.upper,
                          x.difference,
                          x.difference_se,
                          x.difference_lower,
                          x.difference_upper};
    file_.append(long_, row);
    if (csv_file_) append_csv(head, quantity, x);
  }
  for (const auto& [pair, x] : numbers.differences) {
    const double row[] = {number, static_cast<double>(pair + 1), x.difference, x.se, x.lower, x.upper};
    file_.append(pairs_, row);
  }
  append_wide(scenario, numbers, found);
  more_.append(scenario, numbers.tables);
  if (found != nullptr) figures_.append(scenario, *found);
  if (!csv_file_) return;
  if (found != nullptr) figures_.append_csv(*found, head, csv_);
  csv_file_->write(csv_);
  csv_.clear();
}

void CollectedTables::finish_tables() {
  more_.finish();
}

void CollectedTables::finish_csv() {
  if (csv_file_) csv_file_->finish();
}

void CollectedTables::append_wide(std::size_t scenario, const Numbers& numbers, const Solution* found) {
  std::vector<double> row{static_cast<double>(scenario + 1)};
  for (const Column& one : axes_) {
    if (const auto* values = std::get_if<std::vector<double>>(&one.values)) row.push_back((*values)[scenario]);
  }
  const std::size_t before = row.size();
  row.resize(before + 4 * names_.quantities().size(), Numbers::missing);
  for (const auto& [quantity, x] : numbers.estimates) {
    double* const at = row.data() + before + 4 * quantity;
    at[0] = x.estimate;
    at[1] = x.se;
    at[2] = x.difference;
    at[3] = x.difference_se;
  }
  figures_.append_wide(found, row);
  file_.append(wide_, row);
}

std::string CollectedTables::csv_head(std::size_t scenario) const {
  std::string text;
  CsvLine line(text);
  line.integer(static_cast<std::int64_t>(scenario + 1)).text(id_text(scenarios_.id(scenario)));
  for (const Column& one : axes_) {
    if (const auto* values = std::get_if<std::vector<double>>(&one.values)) {
      line.number((*values)[scenario]);
    } else {
      line.text(csv_cell(std::get<std::vector<std::string>>(one.values)[scenario]));
    }
  }
  return text + ",";
}

void CollectedTables::append_csv(const std::string& head, std::size_t quantity, const Numbers::Estimate& x) {
  const Quantity& q = names_.quantities()[quantity];
  csv_ += head;
  CsvLine line(csv_);
  line.text(csv_cell(q.outcome)).text(csv_cell(q.measure)).text(csv_cell(q.group)).text(csv_cell(q.level));
  line.number(q.time).text(csv_cell(q.unit)).text(csv_cell(q.strategy)).number(x.n).number(x.estimate).number(x.se);
  line.number(x.lower).number(x.upper).number(x.difference).number(x.difference_se);
  line.number(x.difference_lower).number(x.difference_upper).end();
}

}  // namespace sojourn::sweep
