// Small files that stand under their names whole or not at all, and what distinguishes this process from others:
// written under a name of this process's own, synced, renamed, the folder synced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn {

// A name for a file of this process's own beside `path`: .NAME.HOST.PID.NUMBER.KIND
[[nodiscard]] std::string own_name(const std::string& path, const std::string& kind);

// A file on its way: it has its name only after finish(). What fails throws RunError, "cannot write 'PATH': No space
// left on device", and leaves nothing behind.
class DurableFile {
 public:
  explicit DurableFile(std::string path);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  void write(std::string_view bytes);
  void finish();

 private:
  [[noreturn]] void fail(int code);
  std::string path_, own_;
  int file_ = -1;
};

[[nodiscard]] bool write_all(int file, std::string_view bytes);  // false: errno says why
void write_durably(const std::string& path, std::string_view bytes);
void make_folder(const std::string& path);  // and those above it; throws RunError
void sync_folder(const std::string& path);

// Nothing if there is no such file; throws RunError if it cannot be read.
[[nodiscard]] std::optional<std::string> read_if_there(const std::string& path);

// Removes what processes of this host that have ended left half-written below a folder.
void remove_leftovers(const std::string& folder);
// The same of what was to become `path`, a file or a folder.
void remove_leftovers_of(const std::string& path);

// Who runs: host, process, and when that process was started [clock ticks since the host's start], so that a number
// used again is told apart.
struct Process {
  std::string host;
  std::int64_t pid = 0, started = 0;
  friend bool operator==(const Process&, const Process&) = default;
};
[[nodiscard]] Process this_process();
// Of a process on this host.
[[nodiscard]] bool is_alive(const Process& process);

}  // namespace sojourn
