#include "sweep/collect.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.hpp"
#include "engine/each.hpp"
#include "engine/run.hpp"
#include "store/table_file.hpp"
#include "sweep/collected_tables.hpp"
#include "sweep/estimate.hpp"
#include "sweep/parts.hpp"
#include "sweep/quantities.hpp"
#include "sweep/resolution_table.hpp"
#include "sweep/tables.hpp"

namespace sojourn::sweep {

namespace {

constexpr std::size_t at_once = 128;  // scenarios held in memory

Numbers numbers_in(ScenarioEstimates made, Quantities& names) {
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
  found.tables = std::move(made.more);
  return found;
}

class Collecting {
 public:
  Collecting(Opened& sweep, const CollectOptions& options) : sweep_(sweep), options_(options), parts_(sweep) {
    if (!sweep.scenarios.file().resolve) return;
    resolver_.emplace(sweep, parts_, options.threads);
    while (resolver_->look()) {
    }
  }

  Collected run() {
    made_.scenarios = sweep_.scenarios.size();
    made_.damaged = parts_.damaged();
    for (std::size_t i = 0; i < made_.scenarios; ++i) judge(i);
    look_at_figures();
    const bool whole = made_.missing.empty() && made_.failed.empty() && made_.damaged.empty();
    if (!whole && !options_.partial) return std::move(made_);
    learn_names();
    write(whole);
    return std::move(made_);
  }

 private:
  void judge(std::size_t i) {
    ScenarioState state{parts_.patients(i), "done", "", ""};
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

  void look_at_figures() {
    solutions_.resize(made_.scenarios);
    for (std::size_t i = 0; i < made_.scenarios; ++i) {
      if (states_[i].status == "failed") made_.figures.fail(i);
      if (!counted(i) || parts_.solution(i).empty()) continue;
      solutions_[i] = read_solution(parts_.solution(i));
      made_.figures.note(i, *solutions_[i]);
      states_[i].targets = standing_name(solutions_[i]->standing());
    }
  }

  // Scenarios whose models are read alike report the same numbers.
  void learn_names() {
    std::map<std::vector<std::int32_t>, bool> seen;
    for (std::size_t i = 0; i < sweep_.scenarios.size(); ++i) {
      if (!seen.emplace(sweep_.scenarios.places(i), true).second) continue;
      const ScenarioSums sums = sums_of(sweep_.scenarios, sweep_.variants, i, {}, {});
      ScenarioEstimates empty = estimates_of(sums, {});
      if (strategies_.empty()) {
        for (const auto& one : sums.plan.compiled()->strategies) strategies_.push_back(one.name);
      }
      (void)names_.numbers_of(empty.results);
      (void)names_.numbers_of(empty.comparisons);
      for (Table& one : empty.more) {
        const auto same = [&](const Table& other) { return other.name == one.name; };
        if (std::ranges::none_of(more_, same)) more_.push_back(std::move(one));
      }
    }
  }

  void write(bool whole) {
    store::TableFile file(options_.out);
    head(file, whole);
    file.table(axes_table(sweep_.scenarios, sweep_.own));
    file.table(scenarios_table(sweep_.scenarios, states_));
    if (resolver_) {
      file.table(resolution_table(*sweep_.scenarios.file().resolve, resolver_->found(), strategies_));
    }
    file.table(names_.quantity_table());
    file.table(names_.comparison_table());
    CollectedTables tables(file, sweep_.scenarios, names_, more_, options_.csv);
    const std::size_t quantities = names_.quantities().size(), pairs = names_.comparisons().size();
    for (std::size_t first = 0; first < sweep_.scenarios.size(); first += at_once) {
      const std::size_t count = std::min(at_once, sweep_.scenarios.size() - first);
      const std::vector<Numbers> found = some(first, count);
      if (names_.quantities().size() != quantities || names_.comparisons().size() != pairs) {
        throw InputError("the groups of an outcome depend on the axes; group by conditions that do not");
      }
      for (std::size_t i = 0; i < count; ++i) {
        tables.append(first + i, found[i], solutions_[first + i] ? &*solutions_[first + i] : nullptr);
      }
      if (options_.progress) options_.progress(static_cast<std::int64_t>(first + count));
      if (options_.stop != nullptr && *options_.stop) throw engine::Stopped{};
    }
    tables.finish_tables();
    made_.digest = file.finish();
    tables.finish_csv();
  }

  void head(store::TableFile& file, bool whole) const {
    const SweepFile& sweep = sweep_.scenarios.file();
    file.attribute("format", std::string("sojourn sweep"));
    file.attribute("schema_version", std::int64_t{1});
    file.attribute("title", sweep.title);
    file.attribute("scenarios", static_cast<std::int64_t>(sweep_.scenarios.size()));
    file.attribute("seed", static_cast<std::int64_t>(sweep_.seed));
    file.attribute("common_random_numbers", std::int64_t{sweep.common_random_numbers ? 1 : 0});
    file.attribute("complete", std::int64_t{whole ? 1 : 0});
    if (made_.figures.any()) file.attribute("targets", made_.figures.sentence(sweep_.scenarios.recalibration()));
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

  std::vector<Numbers> some(std::size_t first, std::size_t count) {
    std::vector<std::vector<std::string>> sums(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (!counted(first + i)) continue;
      for (const ScenarioPart& part : parts_.of(first + i)) sums[i].push_back(parts_.read(part));
    }
    std::vector<std::optional<ScenarioEstimates>> estimates(count);
    engine::for_each(static_cast<std::int64_t>(count), options_.threads, [&](std::int64_t number) {
      const auto i = static_cast<std::size_t>(number);
      if (counted(first + i)) estimates[i] = estimate(first + i, sums[i]);
    });
    std::vector<Numbers> found(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (estimates[i]) found[i] = numbers_in(std::move(*estimates[i]), names_);
    }
    return found;
  }

  ScenarioEstimates estimate(std::size_t scenario, const std::vector<std::string>& parts) {
    const auto& solution = solutions_[scenario];
    const ScenarioSums made =
        sums_of(sweep_.scenarios, sweep_.variants, scenario, parts,
                solution ? std::span<const double>(solution->unknowns) : std::span<const double>());
    if (!resolver_ || resolver_->found()[scenario].looks == 0) return estimates_of(made, {});
    const auto place = outcomes::place_of(*made.plan.compiled(), sweep_.scenarios.file().resolve->number);
    const std::size_t look = resolver_->found()[scenario].looks - 1;
    return estimates_of(made, outcomes::SpecialInterval{place, resolver_->looks()[look].confidence});
  }

  [[nodiscard]] bool counted(std::size_t scenario) const { return states_[scenario].patients > 0; }

  Opened& sweep_;
  const CollectOptions& options_;
  Parts parts_;
  std::optional<Resolver> resolver_;  // if the sweep resolves something
  std::vector<std::string> strategies_;
  Quantities names_;
  std::vector<Table> more_;  // an example of each table beside
  std::vector<ScenarioState> states_;
  std::vector<std::optional<Solution>> solutions_;
  Collected made_;
};

}  // namespace

Collected collect(Opened& sweep, const CollectOptions& options) {
  return Collecting(sweep, options).run();
}

}  // namespace sojourn::sweep
