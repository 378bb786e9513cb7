// run, check and trace: what takes a model.
#include <CLI/CLI.hpp>

#include "command/command_line.hpp"
#include "command/engine_options.hpp"
#include "command/subcommand.hpp"
#include "command/usage.hpp"
#include "store/chunk_code.hpp"

namespace sojourn::command {

namespace {

// One `name=value` a --set.
void split_set(const std::vector<std::string>& given, ModelOptions& options) {
  for (const std::string& one : given) {
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw CLI::ValidationError("--set", "'" + one + "' is not NAME=VALUE");
    options.set.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
}

void add_model_options(CLI::App& command, ModelOptions& options) {
  command
      .add_option("MODEL", options.model,
                  "the model (YAML), or a result file (.h5) or a sweep's folder to take it from")
      ->required();
  command
      .add_option("--scenario", options.scenario, "the model as this scenario of the sweep has it: its id, or number")
      ->type_name("ID");
  command
      .add_option_function<std::vector<std::string>>(
          "--set", [&options](const std::vector<std::string>& given) { split_set(given, options); },
          "replace a parameter's value, or what stands at a path of the model; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false)
      ->take_all();
  command
      .add_option("--parameters", options.parameter_files,
                  "YAML file whose `parameters:` replace the model's; --set goes on top")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

void add_seed(CLI::App& command, ModelOptions& options) {
  const CLI::Validator number = whole_number(0, 4294967295);
  command.add_option("--seed", options.seed, "seed of the random numbers (default: the model's, or 1)")
      ->type_name("S")
      ->transform(number);
  command.add_option("--replicate", options.replicate, "other, independent numbers of the same seed (default: 0)")
      ->type_name("R")
      ->transform(number);
}

void add_patients_and_seed(CLI::App& command, ModelOptions& options) {
  command.add_option("--patients", options.patients, "virtual patients a strategy (default: cohort size of the model)")
      ->type_name("N")
      ->transform(whole_number(1, std::int64_t{1} << 40));
  add_seed(command, options);
}

std::vector<std::string> compressions() {
  const auto names = store::compression_names();
  return {names.begin(), names.end()};
}

void add_run(CLI::App& command, RunOptions& options) {
  add_model_options(command, options.model);
  add_patients_and_seed(command, options.model);
  add_strategies(command, "--strategies", options.model.strategies);
  auto* until = command
                    .add_option("--until", options.until,
                                "as many patients as this error takes, at most those of --patients (default: 100 "
                                "million); may be repeated")
                    ->type_name("\"rmst(os, 5 years) se < 0.005 years\"")
                    ->allow_extra_args(false)
                    ->take_all();
  command
      .add_option("--samples", options.samples,
                  "draw the uncertain parameters S times, each with N patients of its own")
      ->type_name("S")
      ->transform(whole_number(2, 1000000))
      ->excludes(until);
  command.add_flag("--share-patients", options.share_patients, "with --samples: the same patients in every sample");
  command
      .add_option("--threads", options.threads,
                  "threads (default: all processors); the result is the same for any number")
      ->type_name("T")
      ->transform(whole_number(1, 1024));
  add_engine_options(command);
  command
      .add_option("--out", options.out,
                  "result file (default: the model's name with .h5, here; none with --no-trajectories)")
      ->type_name("FILE.h5");
  command.add_flag("--shards", options.shards,
                   "trajectories in several files in the folder FILE.h5.shards, as several processes write them");
  auto* none = command.add_flag("--no-trajectories", options.no_trajectories, "store outcomes only");
  command.add_option("--keep", options.keep, "store the trajectories of the first N patients only")
      ->type_name("N")
      ->transform(whole_number(1, std::int64_t{1} << 40))
      ->excludes(none);
  command.add_option("--keep-states", options.keep_states, "store only sojourns in these states, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B")
      ->excludes(none);
  command
      .add_option("--times", options.times,
                  "float64 (default), or rounded to float32 before outcomes are computed, which takes less room")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"float32", "float64"}));
  command
      .add_option("--compress", options.compress,
                  "of the result file: none, fast or small; any HDF5 library reads it (default: none)")
      ->type_name("HOW")
      ->check(CLI::IsMember(compressions()));
  add_where_results_go(command, options.json, options.csv, options.quiet);
}

void add_check(CLI::App& command, CheckOptions& options) {
  add_model_options(command, options.model);
  command.add_flag("--explain", options.explain, "tell the model in plain English");
}

void add_trace(CLI::App& command, TraceOptions& options) {
  add_model_options(command, options.model);
  add_seed(command, options.model);
  command.add_option("--patient", options.patient, "patient_id, from 1 (default 1)")
      ->type_name("N")
      ->transform(whole_number(1, std::int64_t{1} << 40));
  command.add_option("--strategy", options.strategy, "strategy (default: the reference)")->type_name("S");
}

}  // namespace

void add_model_commands(CLI::App& app, Actions& actions) {
  add_subcommand(app, actions, "run",
                 "simulate a model (or repeat the run of a result file) and compare its strategies", add_run, run);
  add_subcommand(app, actions, "check", "read a model, report everything that is wrong with it, run nothing", add_check,
                 check);
  add_subcommand(app, actions, "trace", "tell one patient's life in words: every draw, every clock that lost",
                 add_trace, trace);
}

}  // namespace sojourn::command
