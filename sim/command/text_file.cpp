#include "command/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/durable.hpp"
#include "base/error.hpp"

namespace sojourn::command {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw RunError("cannot write '" + path + "': " + std::strerror(error));
}

// A pipe or a device, such as /dev/null: written to, never replaced.
bool is_special(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode);
}

void write_special(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) fail(path, errno);
  const bool good = write_all(file, text);
  const int error = errno;
  ::close(file);
  if (!good) fail(path, error);
}

}  // namespace

void write_text(const std::string& path, const std::string& text) {
  if (path == "-") {
    if (!write_all(STDOUT_FILENO, text)) {
      throw RunError(std::string("cannot write to standard output: ") + std::strerror(errno));
    }
    return;
  }
  if (is_special(path)) {
    write_special(path, text);
    return;
  }
  remove_leftovers_of(path);
  write_durably(path, text);
}

}  // namespace sojourn::command
