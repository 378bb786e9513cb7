#include "command/subcommand.hpp"

#include <CLI/CLI.hpp>

namespace sojourn::command {

CLI::App& add_subcommand(CLI::App& app, Actions& actions, const char* name, const char* about,
                         std::function<void()> act) {
  CLI::App* command = app.add_subcommand(name, about);
  actions.emplace_back(command, std::move(act));
  return *command;
}

void add_where_results_go(CLI::App& command, std::string& json, std::string& csv, bool& quiet) {
  command.add_option("--json", json, "outcomes as JSON (- for standard output)")->type_name("FILE");
  command.add_option("--csv", csv, "outcomes as CSV (- for standard output)")->type_name("FILE");
  command.add_flag("--quiet", quiet, "no table and no progress; only errors");
}

void add_strategies(CLI::App& command, const char* names, std::vector<std::string>& strategies) {
  command.add_option(names, strategies, "only these, separated by commas")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B");
}

}  // namespace sojourn::command
