// outcomes, inspect, report and export: what takes a result file; and schema, which takes nothing.
#include <CLI/CLI.hpp>

#include "command/command_line.hpp"
#include "command/subcommand.hpp"

namespace sojourn::command {

namespace {

void add_outcomes(CLI::App& command, OutcomesOptions& options) {
  command.add_option("FILE.h5", options.file, "result file with trajectories")->required();
  command
      .add_option("--outcomes", options.outcomes,
                  "YAML file whose outcomes, costs, utilities, discounting or trials replace the model's")
      ->type_name("FILE");
  command.add_flag("--exact", options.exact,
                   "curves and quantiles step at the exact times, not on a grid; takes memory for each life");
  command.add_option("--curves", options.curves, "curves over time as CSV (- for standard output)")->type_name("FILE");
  add_where_results_go(command, options.json, options.csv, options.quiet);
}

void add_inspect(CLI::App& command, InspectOptions& options) {
  command.add_option("FILE.h5", options.file, "result file")->required();
  command.add_flag("--verify", options.verify, "compute the content digest again and compare");
  command.add_flag("--input", options.input, "print the model that the file was made from");
}

void add_report(CLI::App& command, ReportOptions& options) {
  command.add_option("FILE.h5", options.file, "result file, or collected sweep")->required();
  command
      .add_option("--with", options.with,
                  "results of the same model under other parameters; their differences are shown beside this one's")
      ->type_name("FILE.h5...");
  command
      .add_option("-o,--out", options.out, "page (default: the result's name with .html, here; - for standard output)")
      ->type_name("FILE.html");
}

void add_export(CLI::App& command, ExportOptions& options) {
  command.add_option("FILE.h5", options.file, "result file")->required();
  command.add_option("--format", options.format, "csv, mstate, hesim or bcea")->required()->type_name("FORMAT");
  add_strategies(command, "--strategies,--strategy", options.strategies);
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

void add_schema(CLI::App& command, SchemaOptions& options) {
  auto* file =
      command.add_flag("--parameter-file", options.parameter_file, "of a file for --parameters instead of a model");
  auto* sweep_file = command.add_flag("--sweep", options.sweep, "of a sweep instead of a model");
  sweep_file->excludes(file);
  command.add_flag("--reference", options.reference, "print the reference of all keys instead (Markdown)")
      ->excludes(file)
      ->excludes(sweep_file);
}

}  // namespace

void add_result_commands(CLI::App& app, Actions& actions) {
  add_subcommand(app, actions, "outcomes", "compute outcomes from the trajectories in a result file", add_outcomes,
                 outcomes_of_file);
  add_subcommand(app, actions, "inspect", "say what a result file holds", add_inspect, inspect);
  add_subcommand(app, actions, "report", "show a result as one HTML file that needs nothing else", add_report, report);
  add_subcommand(app, actions, "export", "write a result file in the formats of other programs", add_export,
                 export_result);
  add_subcommand(app, actions, "schema", "print the language as a JSON Schema, with which editors complete and check",
                 add_schema, schema);
}

}  // namespace sojourn::command
