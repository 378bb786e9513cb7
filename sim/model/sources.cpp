#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/diagnostics.hpp"
#include "base/error.hpp"
#include "model/load.hpp"

namespace sojourn::model {
namespace {

constexpr std::size_t size_limit = 64u << 20;  // [bytes]

namespace fs = std::filesystem;

class File {
 public:
  explicit File(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw InputError("cannot read " + sojourn::quoted(name) + " (" + why + ")");
}

std::string reason(int error) {
  switch (error) {
    case ENOENT:
      return "there is no such file";
    case EACCES:
      return "you have no permission to read it";
    case ELOOP:
      return "it is a link that leads back to itself";
    case ENXIO:
      return "it is not a regular file";
    default:
      return std::strerror(error);
  }
}

std::string read_all(const std::string& path, const std::string& name) {
  const File file(path);
  if (file.descriptor() < 0) refuse(name, reason(errno));
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) refuse(name, reason(errno));
  if (S_ISDIR(status.st_mode)) refuse(name, "it is a folder");
  if (!S_ISREG(status.st_mode)) refuse(name, "it is not a regular file");
  if (static_cast<std::size_t>(status.st_size) > size_limit) refuse(name, "it is larger than 64 MB");
  std::string text;
  char buffer[1 << 16];
  while (true) {
    const ssize_t got = ::read(file.descriptor(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(name, reason(errno));
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > size_limit) refuse(name, "it is larger than 64 MB");
  }
}

// Below the model's folder, also after following links.
fs::path below(const fs::path& folder, std::string_view relative, const std::string& name) {
  const fs::path path(relative);
  if (path.empty()) throw InputError("the name of a file is empty");
  if (path.is_absolute()) refuse(name, "files of a model are named relative to it, below its folder");
  for (const fs::path& part : path) {
    if (part == "..") refuse(name, "files of a model lie below its folder");
  }
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) refuse(name, error.message());
  const fs::path target = fs::canonical(root / path, error);
  if (error) refuse(name, reason(error.value()));
  const fs::path inside = target.lexically_relative(root);
  if (inside.empty() || *inside.begin() == "..") refuse(name, "it is a link that leads out of the model's folder");
  return target;
}

}  // namespace

std::string DiskSources::read_model() const {
  return read_all(model_path_, model_path_);
}

std::string DiskSources::read(std::string_view relative) const {
  const std::string name = display_name(relative);
  if (relative.find('\0') != std::string_view::npos) refuse(name, "the name holds a zero byte");
  const fs::path parent = fs::path(model_path_).parent_path();
  return read_all(below(parent.empty() ? fs::path(".") : parent, relative, name).string(), name);
}

std::string DiskSources::display_name(std::string_view relative) const {
  return (fs::path(model_path_).parent_path() / fs::path(relative)).string();
}

std::string MemorySources::read(std::string_view relative) const {
  for (const EmbeddedFile& file : files_) {
    if (file.path == relative) return file.content;
  }
  refuse(display_name(relative), "it is not among the files kept with the model");
}

std::string MemorySources::display_name(std::string_view relative) const {
  return name_ + ":" + std::string(relative);
}

}  // namespace sojourn::model
