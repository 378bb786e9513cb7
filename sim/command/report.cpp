#include <filesystem>

#include "base/error.hpp"
#include "command/command_line.hpp"
#include "command/outputs.hpp"
#include "command/text_file.hpp"
#include "command/version.hpp"
#include "report/page.hpp"

namespace sojourn::command {

void report(const ReportOptions& options) {
  const std::string out =
      options.out.empty() ? std::filesystem::path(options.file).stem().string() + ".html" : options.out;
  std::vector<std::string> inputs = options.with;
  inputs.push_back(options.file);
  check_outputs({out}, inputs);
  write_text(out, report::html(options.file, options.with, version_name()));
}

}  // namespace sojourn::command
