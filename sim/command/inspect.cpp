#include <cstdio>

#include "base/error.hpp"
#include "command/command_line.hpp"
#include "command/inspect_sweep.hpp"
#include "store/reader.hpp"
#include "store/sweep_reader.hpp"

namespace sojourn::command {

namespace {

void inspect_sweep(const InspectOptions& options) {
  if (options.verify) {
    throw InputError("--verify is for the results of runs; '" + options.file +
                     "' is a collected sweep: `sweep collect` makes the same file again, with the same digest");
  }
  const std::string text =
      options.input ? store::SweepReader(options.file).input().sweep_text : collected_sweep_text(options.file);
  std::printf("%s", text.c_str());
}

}  // namespace

void inspect(const InspectOptions& options) {
  if (store::is_collected_sweep(options.file)) return inspect_sweep(options);
  if (options.input) {
    std::printf("%s", store::Reader(options.file).input().model_text.c_str());
    return;
  }
  const store::Inspection found = store::inspect(options.file, options.verify);
  std::printf("%s", found.text.c_str());
  if (found.damaged) throw RunError(options.file + ": the digest does not match; the file was changed or damaged");
}

}  // namespace sojourn::command
