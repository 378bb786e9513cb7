#include "sweep/collect.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "engine/each.hpp"
#include "engine/run.hpp"
#include "store/table_file.hpp"
#include "sweep/durable.hpp"
#include "sweep/estimate.hpp"
#include "sweep/parts.hpp"
#include "sweep/quantities.hpp"
#include "sweep/tables.hpp"

namespace sojourn::sweep {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t at_once = 512;          // scenarios held in memory
constexpr std::size_t long_chunk = 65536;     // [rows]
constexpr std::size_t wide_budget = 2 << 20;  // [values] of a chunk of the wide table, over all columns

// By quantity and by pair; empty for a scenario that has none.
struct Numbers {
  struct Estimate {
    double n = 0, events = 0, estimate = none, se = none, lower = none, upper = none;
    double difference = none, difference_se = none, difference_lower = none, difference_upper = none;
  };
  struct Difference {
    double difference = none, se = none, lower = none, upper = none;
  };
  std::vector<std::pair<std::size_t, Estimate>> estimates;
  std::vector<std::pair<std::size_t, Difference>> differences;
};

Numbers numbers_in(const ScenarioEstimates& made, Quantities& names) {
  Numbers found;
  const auto places = names.numbers_of(made.results);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const outcomes::Row& row = made.results.rows[i];
    found.estimates.push_back(
        {places[i],
         {static_cast<double>(row.n), static_cast<double>(row.events), row.estimate, row.se, row.lower, row.upper,
          row.difference, row.difference_se, row.difference_lower, row.difference_upper}});
  }
  const auto pairs = names.numbers_of(made.comparisons);
  const auto &difference = numbers(made.comparisons, "difference"), &se = numbers(made.comparisons, "se"),
             &lower = numbers(made.comparisons, "simultaneous_lower"),
             &upper = numbers(made.comparisons, "simultaneous_upper");
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    found.differences.push_back({pairs[i], {difference[i], se[i], lower[i], upper[i]}});
  }
  return found;
}

class Collecting {
 public:
  Collecting(Opened& sweep, const CollectOptions& options) : sweep_(sweep), options_(options), parts_(sweep) {}

  Collected run() {
    made_.scenarios = sweep_.scenarios.size();
    made_.damaged = parts_.damaged();
    for (std::size_t i = 0; i < made_.scenarios; ++i) judge(i);
    const bool whole = made_.missing.empty() && made_.failed.empty() && made_.damaged.empty();
    if (!whole && !options_.partial) return std::move(made_);
    learn_names();
    write(whole);
    return std::move(made_);
  }

 private:
  void judge(std::size_t i) {
    ScenarioState state{parts_.patients(i), "done", ""};
    for (const ScenarioPart& part : parts_.of(i)) {
      if (!part.failed || state.status == "failed") continue;
      state.status = "failed";
      state.message = parts_.read(part);
    }
    const std::string name =
        std::to_string(i + 1) + " (" + id_text(sweep_.scenarios.id(i)) + ": " + sweep_.scenarios.words(i) + ")";
    if (state.status == "failed") {
      made_.failed.push_back(name + ": " + state.message);
      state.patients = 0;
    } else if (state.patients < parts_.patients_wanted(i)) {
      state.status = state.patients > 0 ? "partial" : "missing";
      made_.missing.push_back(name);
    }
    states_.push_back(std::move(state));
  }

  // Scenarios whose models are read alike report the same numbers.
  void learn_names() {
    std::map<std::vector<std::int32_t>, bool> seen;
    for (std::size_t i = 0; i < sweep_.scenarios.size(); ++i) {
      if (!seen.emplace(sweep_.scenarios.places(i), true).second) continue;
      const ScenarioEstimates empty = estimate(sweep_.scenarios, sweep_.variants, i, {});
      (void)names_.numbers_of(empty.results);
      (void)names_.numbers_of(empty.comparisons);
    }
  }

  void write(bool whole) {
    store::TableFile file(options_.out);
    head(file, whole);
    file.table(axes_table(sweep_.scenarios));
    file.table(scenarios_table(sweep_.scenarios, states_));
    file.table(names_.quantity_table());
    file.table(names_.comparison_table());
    begin(file);
    const std::size_t quantities = names_.quantities().size(), pairs = names_.comparisons().size();
    for (std::size_t first = 0; first < sweep_.scenarios.size(); first += at_once) {
      const std::size_t count = std::min(at_once, sweep_.scenarios.size() - first);
      append(file, first, some(first, count));
      if (names_.quantities().size() != quantities || names_.comparisons().size() != pairs) {
        throw InputError("the groups of an outcome depend on the axes; group by conditions that do not");
      }
      if (options_.progress) options_.progress(static_cast<std::int64_t>(first + count));
      if (options_.stop != nullptr && *options_.stop) throw engine::Stopped{};
    }
    made_.digest = file.finish();
    if (!csv_file_) return;
    csv_file_->write(csv_);
    csv_file_->finish();
  }

  void head(store::TableFile& file, bool whole) {
    const SweepFile& sweep = sweep_.scenarios.file();
    file.attribute("format", std::string("sojourn sweep"));
    file.attribute("schema_version", std::int64_t{1});
    file.attribute("title", sweep.title);
    file.attribute("scenarios", static_cast<std::int64_t>(sweep_.scenarios.size()));
    file.attribute("seed", static_cast<std::int64_t>(sweep_.seed));
    file.attribute("common_random_numbers", std::int64_t{sweep.common_random_numbers ? 1 : 0});
    file.attribute("complete", std::int64_t{whole ? 1 : 0});
    file.group("/input", "what the sweep was made from");
    const Definition& from = sweep_.definition;
    file.text("/input/sweep_name", from.sweep_name, "the sweep's file name");
    file.text("/input/sweep_text", from.sweep_text, "the sweep file, byte for byte");
    file.text("/input/model_name", from.model_name, "the model's file name");
    file.text("/input/model_text", from.model_text, "the model file, byte for byte");
    file.group("/input/files", "the files that the model reads beside itself");
    for (std::size_t i = 0; i < from.files.size(); ++i) {
      const std::string path = "/input/files/" + std::to_string(i + 1);
      file.group(path, "");
      file.text(path + "/path", from.files[i].path, "as the model names it");
      file.text(path + "/content", from.files[i].content, "byte for byte");
    }
  }

  // A power of two, no more than what there is to be written needs.
  [[nodiscard]] std::size_t chunk_rows(std::size_t a_scenario) const {
    std::size_t rows = 1;
    while (rows < long_chunk && rows < a_scenario * sweep_.scenarios.size()) rows *= 2;
    return rows;
  }

  void begin(store::TableFile& file) {
    const store::StreamColumn scenario{"scenario", "", "as in scenarios", true};
    long_ = file.begin("long", "estimates: one row for each scenario and quantity",
                       {scenario,
                        {"quantity", "", "its row in quantities, from 1", true},
                        {"n", "", "patients counted", true},
                        {"events", "", "of a proportion: patients to whom it happened, else -1", true},
                        {"estimate", "", "in the quantity's unit"},
                        {"se", "", "Monte Carlo standard error; missing if no two patients differ"},
                        {"lower", "", "95% interval"},
                        {"upper", "", "95% interval"},
                        {"difference", "", "to the reference strategy"},
                        {"difference_se", "", "its standard error; patients are shared"},
                        {"difference_lower", "", "95% interval"},
                        {"difference_upper", "", "95% interval"}},
                       chunk_rows(names_.quantities().size()));
    pairs_ = file.begin("comparisons", "paired differences: one row for each scenario and pair",
                        {scenario,
                         {"pair", "", "its row in pairs, from 1", true},
                         {"difference", "", "of the strategy less the other"},
                         {"se", "", "Monte Carlo standard error; missing if no patient differs"},
                         {"simultaneous_lower", "", "95% for one strategy against all others at once (Bonferroni)"},
                         {"simultaneous_upper", "", "95% for one strategy against all others at once (Bonferroni)"}},
                        chunk_rows(names_.comparisons().size()));
    begin_wide(file);
    if (!options_.csv.empty()) begin_csv();
  }

  // Axes that are texts are in `scenarios` only.
  void begin_wide(store::TableFile& file) {
    std::vector<store::StreamColumn> columns{{"scenario", "", "as in scenarios", true}};
    axes_ = axis_columns(sweep_.scenarios);
    for (const Column& one : axes_) {
      if (std::holds_alternative<std::vector<double>>(one.values))
        columns.push_back({one.name, one.unit, one.description});
    }
    std::map<std::string, int> used;
    for (const Quantity& one : names_.quantities()) {
      std::string name = one.name + "." + one.strategy;
      if (const int again = used[name]++; again > 0) name += "#" + std::to_string(again + 1);
      columns.push_back({name, one.unit, one.label});
      columns.push_back({name + ".se", one.unit, "Monte Carlo standard error"});
      columns.push_back({name + ".difference", one.unit, "to the reference strategy"});
      columns.push_back({name + ".difference_se", one.unit, "its standard error"});
    }
    std::size_t rows = 1;
    while (rows * 2 * columns.size() <= wide_budget && rows < sweep_.scenarios.size()) rows *= 2;
    wide_ = file.begin("wide", "estimates: one row a scenario, a column for each quantity and strategy", columns, rows);
  }

  void begin_csv() {
    csv_file_.emplace(options_.csv);
    csv_ = "scenario,id";
    for (const Column& one : axes_) csv_ += "," + csv_cell(one.name);
    csv_ +=
        ",outcome,measure,group,level,time,unit,strategy,n,estimate,se,lower,upper,difference,difference_se,"
        "difference_lower,difference_upper\n";
  }

  std::vector<Numbers> some(std::size_t first, std::size_t count) {
    std::vector<std::vector<std::string>> sums(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (!counted(first + i)) continue;
      for (const ScenarioPart& part : parts_.of(first + i)) sums[i].push_back(parts_.read(part));
    }
    std::vector<std::optional<ScenarioEstimates>> estimates(count);
    engine::for_each(static_cast<std::int64_t>(count), options_.threads, [&](std::int64_t number) {
      const auto i = static_cast<std::size_t>(number);
      if (counted(first + i)) estimates[i] = estimate(sweep_.scenarios, sweep_.variants, first + i, sums[i]);
    });
    std::vector<Numbers> found(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (estimates[i]) found[i] = numbers_in(*estimates[i], names_);
    }
    return found;
  }

  [[nodiscard]] bool counted(std::size_t scenario) const { return states_[scenario].patients > 0; }

  void append(store::TableFile& file, std::size_t first, const std::vector<Numbers>& some) {
    for (std::size_t i = 0; i < some.size(); ++i) {
      const auto scenario = static_cast<double>(first + i + 1);
      for (const auto& [quantity, x] : some[i].estimates) {
        const double row[] = {scenario,
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
        file.append(long_, row);
        if (csv_file_) append_csv(first + i, quantity, x);
      }
      for (const auto& [pair, x] : some[i].differences) {
        const double row[] = {scenario, static_cast<double>(pair + 1), x.difference, x.se, x.lower, x.upper};
        file.append(pairs_, row);
      }
      append_wide(file, first + i, some[i]);
    }
    if (!csv_file_) return;
    csv_file_->write(csv_);
    csv_.clear();
  }

  void append_wide(store::TableFile& file, std::size_t scenario, const Numbers& some) {
    std::vector<double> row{static_cast<double>(scenario + 1)};
    for (const Column& one : axes_) {
      if (const auto* values = std::get_if<std::vector<double>>(&one.values)) row.push_back((*values)[scenario]);
    }
    const std::size_t before = row.size();
    row.resize(before + 4 * names_.quantities().size(), none);
    for (const auto& [quantity, x] : some.estimates) {
      double* const at = row.data() + before + 4 * quantity;
      at[0] = x.estimate;
      at[1] = x.se;
      at[2] = x.difference;
      at[3] = x.difference_se;
    }
    file.append(wide_, row);
  }

  void append_csv(std::size_t scenario, std::size_t quantity, const Numbers::Estimate& x) {
    const Quantity& q = names_.quantities()[quantity];
    CsvLine line(csv_);
    line.integer(static_cast<std::int64_t>(scenario + 1)).text(id_text(sweep_.scenarios.id(scenario)));
    for (const Column& one : axes_) {
      if (const auto* values = std::get_if<std::vector<double>>(&one.values)) {
        line.number((*values)[scenario]);
      } else {
        line.text(csv_cell(std::get<std::vector<std::string>>(one.values)[scenario]));
      }
    }
    line.text(csv_cell(q.outcome)).text(csv_cell(q.measure)).text(csv_cell(q.group)).text(csv_cell(q.level));
    line.number(q.time).text(csv_cell(q.unit)).text(csv_cell(q.strategy)).number(x.n).number(x.estimate).number(x.se);
    line.number(x.lower).number(x.upper).number(x.difference).number(x.difference_se);
    line.number(x.difference_lower).number(x.difference_upper).end();
  }

  Opened& sweep_;
  const CollectOptions& options_;
  Parts parts_;
  Quantities names_;
  std::vector<ScenarioState> states_;
  std::vector<Column> axes_;
  std::size_t long_ = 0, pairs_ = 0, wide_ = 0;
  std::optional<DurableFile> csv_file_;
  std::string csv_;  // lines on their way to it
  Collected made_;
};

}  // namespace

Collected collect(Opened& sweep, const CollectOptions& options) {
  return Collecting(sweep, options).run();
}

}  // namespace sojourn::sweep
