#include <cstdio>

#include "base/error.hpp"
#include "command/command_line.hpp"
#include "store/reader.hpp"

namespace sojourn::command {

void inspect(const InspectOptions& options) {
  if (options.input) {
    std::printf("%s", store::Reader(options.file).input().model_text.c_str());
    return;
  }
  const store::Inspection found = store::inspect(options.file, options.verify);
  std::printf("%s", found.text.c_str());
  if (found.damaged) throw RunError(options.file + ": the digest does not match; the file was changed or damaged");
}

}  // namespace sojourn::command
