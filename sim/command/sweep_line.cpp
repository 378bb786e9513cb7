#include "command/sweep_line.hpp"

#include <CLI/CLI.hpp>

#include "command/engine_options.hpp"
#include "command/usage.hpp"

namespace sojourn::command {

namespace {

constexpr const char* text =
    "many scenarios of a model, in a folder\n\n"
    "  sojourn sweep plan my_sweep.yaml       what would be run, and how long it would take\n"
    "  sojourn sweep run my_sweep.yaml        run it, or what is missing of it, in my_sweep.sweep\n"
    "  sojourn sweep status my_sweep.sweep    done, running, failed, missing\n"
    "  sojourn sweep collect my_sweep.sweep   the one result, my_sweep.h5";

constexpr const char* of_sweep = "the sweep (YAML)";
constexpr const char* of_folder = "the folder of a sweep";

}  // namespace

SweepLine::SweepLine(CLI::App& app) : command_(app.add_subcommand("sweep", text)) {
  command_->require_subcommand(1);
  CLI::App* plan = add("plan", "check every scenario, tell what would be run", sweep_plan);
  plan->add_option("SWEEP.yaml", options_.sweep, of_sweep)->required();
  plan->add_option("--rows", options_.rows, "scenarios to list (default 10)")
      ->type_name("N")
      ->transform(whole_number(0, 1000000));
  CLI::App* run = add("run", "run the sweep, or what is missing of it", sweep_run);
  run->add_option("SWEEP.yaml", options_.sweep, of_sweep)->required();
  CLI::App* expand =
      add("expand", "add the scenarios and patients that the sweep file now has, and run them", sweep_expand);
  expand->add_option("SWEEP.yaml", options_.sweep, of_sweep)->required();
  for (CLI::App* one : {run, expand}) {
    one->add_option("--out", options_.folder, "its folder (default: the sweep's name with .sweep, here)")
        ->type_name("FOLDER");
  }
  CLI::App* resume = add("resume", "run what is missing, and again what is damaged", sweep_resume);
  for (CLI::App* one : {run, expand, resume}) {
    one->add_option("--shard", options_.share, "only share i of n: for job arrays and other machines")
        ->type_name("I/N");
    one->add_flag("--resolve", options_.resolve,
                  "more patients where it is not clear which strategy is best, as the sweep's `resolve` says");
    one->add_flag("--no-wait", options_.no_wait, "leave what other processes are working on to them");
    one->add_flag("--quiet", options_.quiet, "no progress; only errors");
  }
  CLI::App* submit = add("submit", "run it as a Slurm job array, with a job after it that collects", sweep_submit);
  submit->add_option("SWEEP.yaml", options_.sweep, of_sweep)->required();
  submit->add_option("--folder", options_.folder, "of the sweep (default: its name with .sweep, here)")
      ->type_name("FOLDER");
  submit->add_option("--out", options_.out, "result (default: the folder's name with .h5, here)")->type_name("FILE.h5");
  submit->add_option("--tasks", options_.tasks, "tasks of the array (default: about ten minutes each)")
      ->type_name("N")
      ->transform(whole_number(1, 1000000));
  submit
      ->add_option("--sbatch", options_.sbatch,
                   "an option for sbatch, such as --sbatch=--partition=long; may be repeated")
      ->type_name("OPTION")
      ->allow_extra_args(false)
      ->take_all();
  submit->add_flag("--print", options_.print, "write and print the scripts, submit nothing");
  submit->add_option("--threads", options_.threads, "threads of a task (default: 1)")
      ->type_name("T")
      ->transform(whole_number(1, 1024));
  CLI::App* status = add("status", "what is done, running, failed and missing", sweep_status);
  CLI::App* collect = add("collect", "make the one result of all scenarios", sweep_collect);
  collect->add_option("--out", options_.out, "result (default: the folder's name with .h5, here)")
      ->type_name("FILE.h5");
  collect->add_option("--csv", options_.csv, "the estimates also as CSV")->type_name("FILE.csv");
  collect->add_flag("--partial", options_.partial, "also if scenarios failed or are missing; the file says so");
  collect->add_flag("--quiet", options_.quiet, "no progress; only errors");
  for (CLI::App* one : {resume, status, collect}) one->add_option("FOLDER", options_.folder, of_folder)->required();
  for (CLI::App* one : {plan, run, expand, resume, collect}) {
    one->add_option("--threads", options_.threads,
                    "threads (default: all processors); the result is the same for any number")
        ->type_name("T")
        ->transform(whole_number(1, 1024));
  }
  for (CLI::App* one : {run, expand, resume}) add_engine_options(*one);
}

CLI::App* SweepLine::add(const char* name, const char* about, Action action) {
  CLI::App* made = command_->add_subcommand(name, about);
  actions_.emplace_back(made, action);
  return made;
}

bool SweepLine::given() const {
  return command_->parsed();
}

int SweepLine::dispatch() const {
  for (const auto& [one, action] : actions_) {
    if (one->parsed()) return action(options_);
  }
  return 0;
}

}  // namespace sojourn::command
