#include "base/durable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace sojourn {

namespace {

namespace fs = std::filesystem;

std::string reason(int code) {
  return std::generic_category().message(code);
}

std::string folder_of(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

// Field 22 of /proc/PID/stat, counted after the command's name, which may hold anything; 0: there is no such process.
std::int64_t start_of(std::int64_t pid) {
  const auto text = read_if_there("/proc/" + std::to_string(pid) + "/stat");
  if (!text) return 0;
  std::size_t place = text->rfind(')');
  for (int field = 2; field < 22 && place != std::string::npos; ++field) place = text->find(' ', place + 1);
  std::int64_t started = 0;
  if (place != std::string::npos) std::from_chars(text->data() + place + 1, text->data() + text->size(), started);
  return started;
}

// .NAME.HOST.PID.NUMBER.KIND of a process of this host that has ended.
bool is_leftover(const std::string& name) {
  const std::size_t kind = name.rfind('.'), number = kind == 0 ? 0 : name.rfind('.', kind - 1);
  const std::size_t pid = number == 0 ? 0 : name.rfind('.', number - 1);
  if (!name.starts_with('.') || pid == 0 || pid == std::string::npos) return false;
  if (!std::string_view(name).substr(0, pid).ends_with("." + this_process().host)) return false;
  std::int64_t process = 0;
  std::from_chars(name.data() + pid + 1, name.data() + number, process);
  return process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

}  // namespace

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      if (n == 0) errno = EIO;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::string own_name(const std::string& path, const std::string& kind) {
  static std::atomic<int> number = 0;
  const Process own = this_process();
  return folder_of(path) + "/." + fs::path(path).filename().string() + "." + own.host + "." + std::to_string(own.pid) +
         "." + std::to_string(++number) + "." + kind;
}

void remove_leftovers(const std::string& folder) {
  std::error_code error;
  for (fs::recursive_directory_iterator one(folder, error), end; !error && one != end; one.increment(error)) {
    if (is_leftover(one->path().filename().string())) ::unlink(one->path().c_str());
  }
}

void remove_leftovers_of(const std::string& path) {
  std::error_code error, ignored;
  const std::string mine = "." + fs::path(path).filename().string() + ".";
  for (fs::directory_iterator one(folder_of(path), error), end; !error && one != end; one.increment(error)) {
    const std::string name = one->path().filename().string();
    if (name.starts_with(mine) && is_leftover(name)) fs::remove_all(one->path(), ignored);
  }
}

DurableFile::DurableFile(std::string path) : path_(std::move(path)), own_(own_name(path_, "part")) {
  file_ = ::open(own_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file_ < 0) fail(errno);
}

DurableFile::~DurableFile() {
  if (file_ >= 0) ::close(file_);
  if (!own_.empty()) ::unlink(own_.c_str());
}

void DurableFile::fail(int code) {
  throw RunError("cannot write '" + path_ + "': " + reason(code));
}

void DurableFile::write(std::string_view bytes) {
  if (!write_all(file_, bytes)) fail(errno);
}

void DurableFile::finish() {
  if (::fsync(file_) != 0) fail(errno);
  if (::close(std::exchange(file_, -1)) != 0 || ::rename(own_.c_str(), path_.c_str()) != 0) fail(errno);
  own_.clear();
  sync_folder(folder_of(path_));
}

void write_durably(const std::string& path, std::string_view bytes) {
  DurableFile file(path);
  file.write(bytes);
  file.finish();
}

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw RunError("cannot make the folder '" + path + "': " + error.message());
}

void sync_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder may be writable but not readable; the file itself is safe
  const int code = ::fsync(folder) == 0 ? 0 : errno;
  ::close(folder);
  if (code != 0 && code != EINVAL && code != EROFS) throw RunError("cannot write '" + path + "': " + reason(code));
}

std::optional<std::string> read_if_there(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file < 0) throw RunError("cannot read '" + path + "': " + reason(errno));
  std::string bytes;
  struct stat status {};
  if (::fstat(file, &status) == 0 && status.st_size > 0) bytes.reserve(static_cast<std::size_t>(status.st_size));
  std::array<char, 65536> part{};
  while (true) {
    const ssize_t n = ::read(file, part.data(), part.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int code = errno;
      ::close(file);
      throw RunError("cannot read '" + path + "': " + reason(code));
    }
    if (n == 0) break;
    bytes.append(part.data(), static_cast<std::size_t>(n));
  }
  ::close(file);
  return bytes;
}

Process this_process() {
  static std::mutex mutex;
  static Process known;
  const std::scoped_lock lock(mutex);
  if (known.pid == ::getpid()) return known;
  std::array<char, 256> name{};
  known.host = ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != 0 ? name.data() : "host";
  known.pid = ::getpid();
  known.started = start_of(known.pid);
  return known;
}

bool is_alive(const Process& process) {
  if (::kill(static_cast<pid_t>(process.pid), 0) != 0 && errno == ESRCH) return false;
  return start_of(process.pid) == process.started;
}

}  // namespace sojourn
