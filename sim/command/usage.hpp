// What is wrong with a command line, in words that help.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "command/subcommands.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class Error;
class Validator;
}  // namespace CLI

namespace sojourn::command {

// `words`: the command line after the program's name, which `app` could not make sense of.
[[nodiscard]] std::string usage_message(const CLI::App& app, const CLI::Error& error,
                                        const std::vector<std::string>& words);

// For an option's `transform`: a whole number from `least` to `most`, which may be written as 1e6, too.
[[nodiscard]] CLI::Validator whole_number(std::int64_t least, std::int64_t most);

}  // namespace sojourn::command
