// One subcommand of the command line with its options.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command/subcommands.hpp"

namespace sojourn::command {

// A subcommand that does `act`, as yet without options.
CLI::App& add_subcommand(CLI::App& app, Actions& actions, const char* name, const char* about,
                         std::function<void()> act);

// add(command, options) says which options there are; act(options) does what they ask for.
template <class Options>
void add_subcommand(CLI::App& app, Actions& actions, const char* name, const char* about,
                    void (*add)(CLI::App&, Options&), void (*act)(const Options&)) {
  const auto options = std::make_shared<Options>();
  add(add_subcommand(app, actions, name, about, [options, act] { act(*options); }), *options);
}

// --json, --csv, --quiet
void add_where_results_go(CLI::App& command, std::string& json, std::string& csv, bool& quiet);
// --strategies A,B
void add_strategies(CLI::App& command, const char* names, std::vector<std::string>& strategies);

}  // namespace sojourn::command
