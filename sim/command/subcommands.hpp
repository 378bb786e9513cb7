// The subcommands: each adds itself to the command line and to the list of what may have been asked for. Only these
// files and sweep_line.cpp know how options are written.
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class App;
}

namespace sojourn::command {

// What a subcommand does when it was the one given.
using Actions = std::vector<std::pair<CLI::App*, std::function<void()>>>;

void add_model_commands(CLI::App& app, Actions& actions);   // run, check, trace: of a model
void add_result_commands(CLI::App& app, Actions& actions);  // outcomes, inspect, report, export, schema

}  // namespace sojourn::command
