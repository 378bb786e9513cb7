#include <cstdio>

#include "command/command_line.hpp"
#include "store/reader.hpp"

namespace sojourn::command {

void inspect(const InspectOptions& options) {
  if (options.input) {
    std::printf("%s", store::Reader(options.file).input().model_text.c_str());
    return;
  }
  std::printf("%s", store::inspect(options.file, options.verify).c_str());
}

}  // namespace sojourn::command
