// Where results go: files, and a table for people that keeps out of their way.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "outcomes/results.hpp"
#include "trial/results.hpp"

namespace sojourn::command {

// As JSON and CSV; an empty path is none, "-" is standard output.
void write_results(const outcomes::Results& results, const std::string& json, const std::string& csv);

// The tables and some last lines, on standard output, or on standard error if one of the files goes there.
void show_results(const outcomes::Results& results, const trial::Results& trials, const std::string& last_lines,
                  std::initializer_list<std::string_view> files);

}  // namespace sojourn::command
