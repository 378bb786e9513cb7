#include "command/outputs.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/error.hpp"

namespace sojourn::command {

namespace {

namespace fs = std::filesystem;

// The same file, also by another spelling or a link.
fs::path identity(const std::string& path) {
  std::error_code unknown;
  const fs::path found = fs::weakly_canonical(fs::absolute(path), unknown);
  return unknown ? fs::path(path) : found;
}

bool is_file(const std::string& path) {
  std::error_code unknown;
  const fs::file_status status = fs::status(path, unknown);
  return path != "-" && (!fs::exists(status) || fs::is_regular_file(status));
}

// The file is written beside its final name and renamed.
void check_folder(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return;
  throw RunError(path + ": cannot be written (" + std::strerror(errno) + ")");
}

}  // namespace

std::vector<std::string> input_paths(const ModelOptions& options, const ModelInput& input) {
  std::vector<std::string> paths = options.parameter_files;
  if (input.from_result) return paths;
  paths.push_back(options.model);
  for (const model::EmbeddedFile& file : input.input.files) {
    paths.push_back((fs::path(options.model).parent_path() / file.path).string());
  }
  return paths;
}

void check_outputs(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs) {
  std::vector<fs::path> known;
  for (const std::string& path : outputs) {
    if (path.empty() || (path != "-" && !is_file(path))) continue;
    const fs::path file = path == "-" ? fs::path(path) : identity(path);
    if (std::find(known.begin(), known.end(), file) != known.end()) {
      throw InputError((path == "-" ? "standard output" : path) + ": two results would be written to it");
    }
    known.push_back(file);
    if (path == "-") continue;
    for (const std::string& input : inputs) {
      if (identity(input) == file) {
        throw InputError(path + ": the run would replace what it is made from; name another file");
      }
    }
    check_folder(path);
  }
}

}  // namespace sojourn::command
