// The file a run writes before its result is complete: `.NAME.part` beside NAME, held under an advisory lock. It gets
// the final name only in publish(), after it and before its folder are synced; otherwise it is removed. A part that a
// killed run left behind has no lock and is emptied and used again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace sojourn::store {

class PartFile {
 public:
  explicit PartFile(const std::string& path);  // throws RunError with the whole message
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  // Both return false on failure and remember why. After discard() they do nothing and succeed.
  [[nodiscard]] bool read(void* data, std::size_t size, std::uint64_t offset);
  [[nodiscard]] bool write(const void* data, std::size_t size, std::uint64_t offset);
  [[nodiscard]] bool resize(std::uint64_t size);

  void publish();  // sync, rename, sync the folder; throws RunError
  // Before publish(): under this name in the same folder rather than that it was opened for.
  void rename_final(const std::string& name);
  void discard();  // frees the space at once and swallows what is written from now on

  [[nodiscard]] int error() const { return error_; }  // errno of the first failure, 0: none
  [[nodiscard]] const std::string& part_path() const { return part_; }
  [[nodiscard]] const std::string& final_path() const { return final_; }
  [[nodiscard]] std::string failure(int code) const;  // "cannot write 'NAME': No space left on device; ..."

 private:
  void check_target();
  void open_and_lock();
  [[nodiscard]] bool lock_is_on_this_name() const;
  [[nodiscard]] bool note(int code);
  void sync_folder() const;

  std::string final_, folder_, part_;
  int file_ = -1;
  int error_ = 0;
  std::uint64_t unsynced_from_ = 0;  // bytes before it are on their way to the disk
  bool discarding_ = false, published_ = false;
};

// A write beyond the limit on file sizes (ulimit -f) shall fail with an error, not kill the program. Call once in main.
void survive_file_size_limit();

}  // namespace sojourn::store
