#include <algorithm>
#include <string>
#include <vector>

#include "analysis/experiment.hpp"
#include "analysis/reestimate.hpp"
#include "base/csv_text.hpp"
#include "base/error.hpp"
#include "base/words.hpp"
#include "command/command_line.hpp"
#include "command/model_input.hpp"
#include "command/outputs.hpp"
#include "command/progress.hpp"
#include "command/results_out.hpp"
#include "command/signals.hpp"
#include "command/text_file.hpp"
#include "outcomes/text.hpp"
#include "store/reader.hpp"

namespace sojourn::command {

namespace {

// Which patients these are, where they are not all.
std::string subset_line(const store::Reader& file) {
  const std::int64_t stored = file.patients_stored(), all = file.input().patients;
  if (stored == all) return "";
  return "Only the first " + with_commas(stored) + " of " + with_commas(all) +
         " patients: those whose trajectories are in the file\n";
}

const Table& curves_of(const outcomes::Results& results) {
  const auto named = [](const Table& table) { return table.name == "curves"; };
  return *std::find_if(results.tables.begin(), results.tables.end(), named);
}

}  // namespace

void outcomes_of_file(const OutcomesOptions& options) {
  if (!store::is_hdf5_file(options.file)) throw InputError(options.file + ": not a result file");
  const store::Reader file(options.file);
  ModelOptions model_options;
  model_options.model = options.file;
  model_options.outcomes_file = options.outcomes;
  const ModelInput input = load_model(model_options);
  std::vector<std::string> inputs = {options.file};
  if (!options.outcomes.empty()) inputs.push_back(options.outcomes);
  check_outputs({options.json, options.csv, options.curves}, inputs);
  const analysis::Experiment experiment =
      analysis::prepare(input.model, {input.input.strategies, input.input.patients, input.input.seed});
  Progress progress(file.patients_stored() * (options.exact ? 2 : 1), "patients",
                    options.quiet ? Progress::Style::silent : Progress::style_for_stderr());
  const auto curves = options.curves.empty() ? outcomes::WithCurves::no : outcomes::WithCurves::yes;
  const analysis::Estimates made = analysis::reestimate(
      experiment, file, {&stop_requested(), [&](std::int64_t done) { progress.advance(done); }, options.exact, curves});
  progress.clear();
  write_results(made.results, options.json, options.csv);
  if (!options.curves.empty()) write_text(options.curves, csv(curves_of(made.results)));
  if (!options.quiet) {
    show_results(made.results, made.trials, "\n" + subset_line(file), {options.json, options.csv, options.curves});
  }
}

}  // namespace sojourn::command
