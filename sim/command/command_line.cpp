#include "command/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

#include "base/error.hpp"
#include "command/crew.hpp"
#include "command/engine_options.hpp"
#include "command/signals.hpp"
#include "command/sweep_line.hpp"
#include "command/version.hpp"
#include "engine/run.hpp"
#include "store/chunk_code.hpp"

namespace sojourn::command {

namespace {

constexpr const char* description =
    "sojourn simulates treatment pathways: virtual patients go through the states of a model\n"
    "written in YAML under each treatment strategy, and the strategies are compared.\n\n"
    "  sojourn check my_model.yaml                 is the model right? explains every mistake\n"
    "  sojourn run my_model.yaml                   simulate, write my_model.h5, print the table\n"
    "  sojourn outcomes my_model.h5                other outcomes of the same lives\n"
    "  sojourn trace my_model.yaml --patient 7     one life in words\n"
    "  sojourn inspect my_model.h5                 what a result file holds\n"
    "  sojourn report my_model.h5                  the result as a page for the browser, my_model.html\n"
    "  sojourn export my_model.h5 --format csv     for R, Python and others: csv, mstate, hesim, bcea\n"
    "  sojourn sweep run my_sweep.yaml             many scenarios of a model; more: sojourn sweep --help\n"
    "  sojourn schema                              the language as a JSON Schema, for editors";

constexpr const char* exit_codes =
    "Exit codes: 0 done; 1 the run failed (disk full, folder not writable, ...); 2 wrong options;\n"
    "3 something is wrong with the model or a file it names; 4 scenarios of a sweep failed or are missing;\n"
    "130 or 143 stopped by Ctrl-C or SIGTERM.\n"
    "The language is described in docs/language.md, every key in docs/reference.md, the methods in docs/methods.md.";

void add_model_options(CLI::App& command, ModelOptions& options, std::vector<std::string>& set) {
  command
      .add_option("MODEL", options.model,
                  "the model (YAML), or a result file (.h5) or a sweep's folder to take it from")
      ->required();
  command
      .add_option("--scenario", options.scenario, "the model as this scenario of the sweep has it: its id, or number")
      ->type_name("ID");
  command
      .add_option("--set", set, "replace a parameter's value, or what stands at a path of the model; may be repeated")
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
  const CLI::Range range(std::int64_t{0}, std::int64_t{4294967295});
  command.add_option("--seed", options.seed, "seed of the random numbers (default: the model's, or 1)")
      ->type_name("S")
      ->check(range);
  command.add_option("--replicate", options.replicate, "other, independent numbers of the same seed (default: 0)")
      ->type_name("R")
      ->check(range);
}

void add_patients_and_seed(CLI::App& command, ModelOptions& options) {
  command.add_option("--patients", options.patients, "virtual patients a strategy (default: cohort size of the model)")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 40));
  add_seed(command, options);
}

void add_strategies(CLI::App& command, ModelOptions& options) {
  command.add_option("--strategies", options.strategies, "only these, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B");
}

void add_where_results_go(CLI::App& command, std::string& json, std::string& csv, bool& quiet) {
  command.add_option("--json", json, "outcomes as JSON (- for standard output)")->type_name("FILE");
  command.add_option("--csv", csv, "outcomes as CSV (- for standard output)")->type_name("FILE");
  command.add_flag("--quiet", quiet, "no table and no progress; only errors");
}

// One `name=value` a --set.
void split_set(const std::vector<std::string>& given, ModelOptions& options) {
  for (const std::string& one : given) {
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw CLI::ValidationError("--set", "'" + one + "' is not NAME=VALUE");
    options.set.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
}

void add_export(CLI::App& command, ExportOptions& options) {
  command.add_option("FILE.h5", options.file, "result file")->required();
  command.add_option("--format", options.format, "csv, mstate, hesim or bcea")->required()->type_name("FORMAT");
  command.add_option("--strategies,--strategy", options.strategies, "only these, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B");
  command.add_option("--patients", options.patients, "only patients A to B, counted from 1")->type_name("A-B");
  command.add_option("--table", options.table, "only this table of the format, to a file or standard output")
      ->type_name("NAME");
  command
      .add_option("-o,--out", options.out,
                  "folder (default: the result's name and the format, here); with --table a file, or - (default)")
      ->type_name("PATH");
  command.add_flag("--ids", options.ids, "csv: numbers in place of names");
  auto* none = command.add_flag("--no-covariates", options.no_covariates, "mstate: no attributes beside the rows");
  command
      .add_option("--covariates", options.covariates,
                  "mstate: these attributes as they were at the start (default: all that are known then)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B")
      ->excludes(none);
  command.add_option("--group", options.group, "hesim: the attribute whose levels are the groups (grp_id)")
      ->type_name("A");
  command.add_option("--step", options.step, "hesim: of the grid of state probabilities (default: 1 month)")
      ->type_name("TIME");
  command.add_option("--effects", options.effects, "bcea: outcome of the matrix e (default: the one of kind qalys)")
      ->type_name("OUTCOME");
  command.add_option("--costs", options.costs, "bcea: outcome of the matrix c (default: the one of kind cost)")
      ->type_name("OUTCOME");
  command.add_option("--thresholds", options.thresholds, "bcea: values of k (default: 0:50000:100)")
      ->type_name("FROM:TO:STEP");
}

std::vector<std::string> compressions() {
  const auto names = store::compression_names();
  return {names.begin(), names.end()};
}

// A subcommand with its options and what it does when it was the one given.
struct Commands {
  explicit Commands(CLI::App& app);
  [[nodiscard]] int dispatch();  // the exit code

  CLI::App *run_command, *check_command, *trace_command, *outcomes_command, *inspect_command, *report_command,
      *export_command, *schema_command;
  RunOptions run_options;
  CheckOptions check_options;
  TraceOptions trace_options;
  OutcomesOptions outcomes_options;
  InspectOptions inspect_options;
  ReportOptions report_options;
  ExportOptions export_options;
  SchemaOptions schema_options;
  SweepLine sweep;
  std::vector<std::string> set;
};

Commands::Commands(CLI::App& app) : sweep(app) {
  run_command =
      app.add_subcommand("run", "simulate a model (or repeat the run of a result file) and compare its strategies");
  add_model_options(*run_command, run_options.model, set);
  add_patients_and_seed(*run_command, run_options.model);
  add_strategies(*run_command, run_options.model);
  auto* until = run_command
                    ->add_option("--until", run_options.until,
                                 "as many patients as this error takes, at most those of --patients (default: 100 "
                                 "million); may be repeated")
                    ->type_name("\"rmst(os, 5 years) se < 0.005 years\"")
                    ->allow_extra_args(false)
                    ->take_all();
  run_command
      ->add_option("--samples", run_options.samples,
                   "draw the uncertain parameters S times, each with N patients of its own")
      ->type_name("S")
      ->check(CLI::Range(std::int64_t{2}, std::int64_t{1000000}))
      ->excludes(until);
  run_command->add_flag("--share-patients", run_options.share_patients,
                        "with --samples: the same patients in every sample");
  run_command
      ->add_option("--threads", run_options.threads,
                   "threads (default: all processors); the result is the same for any number")
      ->type_name("T")
      ->check(CLI::Range(1, 1024));
  add_engine_options(*run_command);
  run_command
      ->add_option("--out", run_options.out,
                   "result file (default: the model's name with .h5, here; none with --no-trajectories)")
      ->type_name("FILE.h5");
  run_command->add_flag("--shards", run_options.shards,
                        "trajectories in several files in the folder FILE.h5.shards, as several processes write them");
  auto* none = run_command->add_flag("--no-trajectories", run_options.no_trajectories, "store outcomes only");
  run_command->add_option("--keep", run_options.keep, "store the trajectories of the first N patients only")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 40))
      ->excludes(none);
  run_command
      ->add_option("--keep-states", run_options.keep_states, "store only sojourns in these states, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B")
      ->excludes(none);
  run_command
      ->add_option("--compress", run_options.compress,
                   "of the result file: none, fast or small; any HDF5 library reads it (default: none)")
      ->type_name("HOW")
      ->check(CLI::IsMember(compressions()));
  add_where_results_go(*run_command, run_options.json, run_options.csv, run_options.quiet);

  check_command = app.add_subcommand("check", "read a model, report everything that is wrong with it, run nothing");
  add_model_options(*check_command, check_options.model, set);

  check_command->add_flag("--explain", check_options.explain, "tell the model in plain English");

  trace_command = app.add_subcommand("trace", "tell one patient's life in words: every draw, every clock that lost");
  add_model_options(*trace_command, trace_options.model, set);
  add_seed(*trace_command, trace_options.model);
  trace_command->add_option("--patient", trace_options.patient, "patient_id, from 1 (default 1)")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 40));
  trace_command->add_option("--strategy", trace_options.strategy, "strategy (default: the reference)")->type_name("S");

  outcomes_command = app.add_subcommand("outcomes", "compute outcomes from the trajectories in a result file");
  outcomes_command->add_option("FILE.h5", outcomes_options.file, "result file with trajectories")->required();
  outcomes_command
      ->add_option("--outcomes", outcomes_options.outcomes,
                   "YAML file whose outcomes, costs, utilities, discounting or trials replace the model's")
      ->type_name("FILE");
  outcomes_command->add_flag("--exact", outcomes_options.exact,
                             "curves and quantiles step at the exact times, not on a grid; takes memory for each life");
  outcomes_command->add_option("--curves", outcomes_options.curves, "curves over time as CSV (- for standard output)")
      ->type_name("FILE");
  add_where_results_go(*outcomes_command, outcomes_options.json, outcomes_options.csv, outcomes_options.quiet);

  inspect_command = app.add_subcommand("inspect", "say what a result file holds");
  inspect_command->add_option("FILE.h5", inspect_options.file, "result file")->required();
  inspect_command->add_flag("--verify", inspect_options.verify, "compute the content digest again and compare");
  inspect_command->add_flag("--input", inspect_options.input, "print the model that the file was made from");

  report_command = app.add_subcommand("report", "show a result as one HTML file that needs nothing else");
  report_command->add_option("FILE.h5", report_options.file, "result file, or collected sweep")->required();
  report_command
      ->add_option("--with", report_options.with,
                   "results of the same model under other parameters; their differences are shown beside this one's")
      ->type_name("FILE.h5...");
  report_command
      ->add_option("-o,--out", report_options.out,
                   "page (default: the result's name with .html, here; - for standard output)")
      ->type_name("FILE.html");

  export_command = app.add_subcommand("export", "write a result file in the formats of other programs");
  add_export(*export_command, export_options);

  schema_command =
      app.add_subcommand("schema", "print the language as a JSON Schema, with which editors complete and check");
  auto* file = schema_command->add_flag("--parameter-file", schema_options.parameter_file,
                                        "of a file for --parameters instead of a model");
  auto* sweep_file = schema_command->add_flag("--sweep", schema_options.sweep, "of a sweep instead of a model");
  sweep_file->excludes(file);
  schema_command
      ->add_flag("--reference", schema_options.reference, "print the reference of all keys instead (Markdown)")
      ->excludes(file)
      ->excludes(sweep_file);
}

int Commands::dispatch() {
  if (sweep.given()) return sweep.dispatch();
  if (*run_command) {
    split_set(set, run_options.model);
    run(run_options);
  } else if (*check_command) {
    split_set(set, check_options.model);
    check(check_options);
  } else if (*trace_command) {
    split_set(set, trace_options.model);
    trace(trace_options);
  } else if (*outcomes_command) {
    outcomes_of_file(outcomes_options);
  } else if (*report_command) {
    report(report_options);
  } else if (*export_command) {
    export_result(export_options);
  } else if (*schema_command) {
    schema(schema_options);
  } else {
    inspect(inspect_options);
  }
  return static_cast<int>(Exit::ok);
}

// Whether everything written to standard output arrived.
bool said_all() {
  std::cout.flush();
  return std::cout.good() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

struct Ended {
  int code = 0;
  bool thrown = false;
};

Ended fail(Exit code, const std::string& message) {
  if (tells_what_was_thrown()) {
    std::fprintf(stderr, "%s%s\n", code == Exit::run_failed ? "sojourn: " : "", message.c_str());
  }
  return {static_cast<int>(code), true};
}

Ended ended_well(int code) {
  if (said_all()) return {code};
  std::fputs("sojourn: standard output: cannot be written\n", stderr);
  return {static_cast<int>(Exit::run_failed)};
}

Ended parse_and_dispatch(CLI::App& app, Commands& commands, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return ended_well(commands.dispatch());
  } catch (const CLI::ParseError& error) {
    if (app.exit(error) != 0) return {static_cast<int>(Exit::usage)};
    return ended_well(static_cast<int>(Exit::ok));
  } catch (const InputError& error) {
    return fail(Exit::bad_input, error.what());
  } catch (const engine::Stopped&) {
    (void)fail(Exit::run_failed, commands.sweep.given()
                                     ? "stopped; what is finished stays, `sojourn sweep resume` goes on"
                                     : "stopped; nothing was written");
    return {128 + (stop_signal() != 0 ? stop_signal() : 2), true};
  } catch (const std::bad_alloc&) {
    return fail(Exit::run_failed, "out of memory");
  } catch (const std::exception& error) {
    return fail(Exit::run_failed, error.what());
  }
}

}  // namespace

int execute(int argc, char** argv) {
  install_signal_handlers();
  note_arguments(argc, argv);
  CLI::App app(description, "sojourn");
  app.footer(exit_codes);
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  Commands commands(app);
  const Ended ended = parse_and_dispatch(app, commands, argc, argv);
  return leave_crew(ended.code, ended.thrown);
}

}  // namespace sojourn::command
