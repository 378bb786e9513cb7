// A large text on its way to its place: gathered in memory by the megabyte, written beside its final name, which it
// gets in publish() when it is complete and on the disk. The name `-` is standard output.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "store/part_file.hpp"

namespace sojourn::exports {

class TextFile {
 public:
  explicit TextFile(const std::string& path);  // throws RunError: no such folder, not writable

  // Where the next lines are appended; call it anew for each row or block of rows.
  [[nodiscard]] std::string& buffer() {
    if (buffer_.size() >= enough) flush();
    return buffer_;
  }
  void publish();  // throws RunError, as buffer() does on a full disk

 private:
  static constexpr std::size_t enough = std::size_t{1} << 20;  // [bytes]
  void flush();

  std::unique_ptr<store::PartFile> file_;  // none: standard output
  std::string buffer_;
  std::uint64_t written_ = 0;  // [bytes]
};

}  // namespace sojourn::exports
