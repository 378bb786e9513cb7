// What is not part of a result because it differs from run to run: when, how long, on what. Kept in a side file,
// NAME.run.json beside NAME.h5, and summed up in the last lines on the terminal.
#pragma once

#include <string>

#include "analysis/simulate.hpp"
#include "store/run_input.hpp"

namespace sojourn::command {

struct RunRecord {
  const store::RunInput& input;
  const analysis::Simulated& done;
  std::string out;  // result file; empty: none
  int processes = 1;
  int threads = 1;  // of each
  double seconds = 0;
};

[[nodiscard]] std::string run_record_path(const std::string& result);  // NAME.h5 -> NAME.run.json
void write_run_record(const RunRecord& record);
[[nodiscard]] std::string closing_lines(const RunRecord& record);

}  // namespace sojourn::command
