#include "command/text_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"

namespace sojourn::command {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw RunError(path + ": cannot be written (" + std::strerror(error) + ")");
}

bool write_all(int file, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(file, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
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
    if (!write_all(STDOUT_FILENO, text)) fail("standard output", errno);
    return;
  }
  if (is_special(path)) {
    write_special(path, text);
    return;
  }
  const std::string part = path + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) fail(path, errno);
  bool good = write_all(file, text) && ::fsync(file) == 0;
  const int error = errno;
  good = ::close(file) == 0 && good;
  if (!good) {
    ::unlink(part.c_str());
    fail(path, error);
  }
  if (::rename(part.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    ::unlink(part.c_str());
    fail(path, reason);
  }
}

}  // namespace sojourn::command
