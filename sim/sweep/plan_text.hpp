// The two files of a plan in a sweep's folder, as text and back: scenarios.tsv, a line a scenario with its id and each
// axis' value as it is written; stages.txt.
#pragma once

#include <string>
#include <vector>

#include "sweep/plan.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

[[nodiscard]] std::string scenario_lines(const Scenarios& scenarios);
[[nodiscard]] std::string stage_lines(const Plan& plan);

// `path`: of the file with the text; they throw damaged_file(path).
[[nodiscard]] Plan read_stages(const std::string& text, const std::string& path);
[[nodiscard]] Points read_points(const std::string& text, const std::string& path, const SweepFile& file);
[[nodiscard]] std::vector<ScenarioKey> read_ids(const std::string& text, const std::string& path);

[[noreturn]] void damaged_file(const std::string& path);  // throws InputError

}  // namespace sojourn::sweep
