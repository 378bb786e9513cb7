#include "store/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"

namespace sojourn::store {

namespace {

constexpr std::uint64_t write_back_step = 8u << 20;  // [bytes]

std::string reason(int code) {
  return std::generic_category().message(code);
}

// A symbolic link stands for the file it points to: renaming onto the link would cut it off.
std::filesystem::path resolved(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path given(path);
  if (!std::filesystem::is_symlink(given, ignored)) return given;
  std::error_code error;
  std::filesystem::path target = std::filesystem::canonical(given, error);
  if (error) throw RunError("cannot write '" + path + "': it is a symbolic link that leads nowhere");
  return target;
}

}  // namespace

PartFile::PartFile(const std::string& path) {
  if (path.empty()) throw RunError("cannot write a result: its file name is empty");
  final_ = path;
  check_target();
  const std::filesystem::path target = resolved(path);
  folder_ = target.has_parent_path() ? target.parent_path().string() : ".";
  final_ = target.string();
  part_ = (std::filesystem::path(folder_) / ("." + target.filename().string() + ".part")).string();
  open_and_lock();
}

PartFile::~PartFile() {
  if (file_ < 0) return;
  if (!published_) {
    discard();
    ::unlink(part_.c_str());  // still locked, so it is ours
  }
  ::close(file_);
}

void PartFile::check_target() {
  struct stat status {};
  const bool names_folder = final_.back() == '/' || std::filesystem::path(final_).filename() == "." ||
                            std::filesystem::path(final_).filename() == "..";
  if (names_folder) throw RunError("cannot write '" + final_ + "': a file name is needed, this is a folder");
  if (::stat(final_.c_str(), &status) != 0) return;
  if (S_ISDIR(status.st_mode)) throw RunError("cannot write '" + final_ + "': it is a folder; add a file name");
  if (!S_ISREG(status.st_mode)) throw RunError("cannot write '" + final_ + "': it is not a regular file");
}

bool PartFile::lock_is_on_this_name() const {
  struct stat held {
  }, named{};
  return ::fstat(file_, &held) == 0 && ::stat(part_.c_str(), &named) == 0 && held.st_dev == named.st_dev &&
         held.st_ino == named.st_ino;
}

void PartFile::open_and_lock() {
  // Between open and lock the file's owner may have renamed or removed it: then the lock is on something else.
  for (int attempt = 0; attempt < 100; ++attempt) {
    file_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file_ < 0) {
      const int code = errno;
      if (code == ENOENT) throw RunError("cannot write '" + final_ + "': the folder '" + folder_ + "' does not exist");
      throw RunError("cannot write '" + final_ + "': " + reason(code) + " (creating '" + part_ + "')");
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      const int code = errno;
      ::close(file_);
      file_ = -1;
      if (code == EWOULDBLOCK) {
        throw RunError("another run is writing '" + final_ + "' now; wait for it, or choose another file name");
      }
      throw RunError("cannot write '" + final_ + "': " + reason(code) + " (locking '" + part_ +
                     "'; the file system must have file locks)");
    }
    if (lock_is_on_this_name()) break;
    ::close(file_);
    file_ = -1;
  }
  if (file_ < 0) throw RunError("cannot write '" + final_ + "': other runs keep replacing '" + part_ + "'");
  if (!resize(0)) throw RunError(failure(error_));
}

bool PartFile::note(int code) {
  if (error_ == 0) error_ = code;
  return false;
}

bool PartFile::read(void* data, std::size_t size, std::uint64_t offset) {
  auto* bytes = static_cast<std::byte*>(data);
  while (size > 0) {
    const ssize_t n = discarding_ ? 0 : ::pread(file_, bytes, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return note(errno);
    const std::size_t got = n == 0 ? size : static_cast<std::size_t>(n);
    if (n == 0) std::fill_n(bytes, size, std::byte{0});  // past the end: zeros, as in a hole
    bytes += got;
    offset += got;
    size -= got;
  }
  return true;
}

bool PartFile::write(const void* data, std::size_t size, std::uint64_t offset) {
  const auto* bytes = static_cast<const std::byte*>(data);
  while (size > 0 && !discarding_) {
    const ssize_t n = ::pwrite(file_, bytes, size, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return note(n < 0 ? errno : EIO);
    bytes += n;
    offset += static_cast<std::uint64_t>(n);
    size -= static_cast<std::size_t>(n);
  }
  // Start the disk early, so that the sync at the end finds little left to do.
  if (!discarding_ && offset > unsynced_from_ + write_back_step) {
    ::sync_file_range(file_, static_cast<off_t>(unsynced_from_), static_cast<off_t>(offset - unsynced_from_),
                      SYNC_FILE_RANGE_WRITE);
    unsynced_from_ = offset;
  }
  return true;
}

bool PartFile::resize(std::uint64_t size) {
  if (discarding_) return true;
  while (::ftruncate(file_, static_cast<off_t>(size)) != 0) {
    if (errno != EINTR) return note(errno);
  }
  return true;
}

void PartFile::publish() {
  if (::fsync(file_) != 0) throw RunError(failure(errno));
  try {
    check_target();
  } catch (const RunError&) {
    discard();
    throw;
  }
  if (::rename(part_.c_str(), final_.c_str()) != 0) throw RunError(failure(errno));
  published_ = true;
  sync_folder();
}

void PartFile::rename_final(const std::string& name) {
  final_ = (std::filesystem::path(folder_) / name).string();
}

void PartFile::discard() {
  if (discarding_ || published_) return;
  (void)resize(0);
  discarding_ = true;
}

void PartFile::sync_folder() const {
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder may be writable but not readable; the file itself is safe
  const int code = ::fsync(folder) == 0 ? 0 : errno;
  ::close(folder);
  if (code != 0 && code != EINVAL && code != EROFS) throw RunError(failure(code));
}

std::string PartFile::failure(int code) const {
  std::string text = "cannot write '" + final_ + "': " + reason(code);
  if (code == EFBIG) text += " (the limit on the size of files, see `ulimit -f`)";
  return text + (published_ ? "" : "; nothing was left behind, an earlier result of that name is as it was");
}

void survive_file_size_limit() {
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace sojourn::store
