// The little of HDF5's C interface that the store uses: handles that close themselves, errors as exceptions, and the
// element types of columns. Nothing outside this room includes it.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::store {

// A call to HDF5 failed; what() is the cause as HDF5 tells it, without its stack.
class Hdf5Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Before any other call, in every thread: no exit handler (it crashes after a failed close), no printing of errors.
void prepare_hdf5();

// Throws Hdf5Error if `status` is negative. `what`: what was being done, "open the file".
void check(herr_t status, const char* what);

class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Close close, const char* what);  // throws Hdf5Error if id is negative
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept;
  void reset();
  [[nodiscard]] hid_t release() { return std::exchange(id_, -1); }
  [[nodiscard]] hid_t get() const { return id_; }
  [[nodiscard]] bool open() const { return id_ >= 0; }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

// How a column's values lie in the file: little-endian, signed (R has no unsigned integers).
enum class Element : std::uint8_t { int8, int16, int32, int64, float32, float64 };
[[nodiscard]] std::size_t bytes_of(Element element);
[[nodiscard]] const char* name_of(Element element);
[[nodiscard]] hid_t type_of(Element element);
[[nodiscard]] Element narrowest(std::int64_t largest);  // the narrowest integer for 0 .. largest

// Attributes of an object. Texts longer than 60,000 bytes are cut (HDF5's limit is 64 kB for an attribute).
void set_attribute(hid_t object, const char* name, const std::string& text);
void set_attribute(hid_t object, const char* name, std::int64_t value);
void set_attribute(hid_t object, const char* name, double value);
[[nodiscard]] bool has_attribute(hid_t object, const char* name);
[[nodiscard]] std::string text_attribute(hid_t object, const char* name);  // "" if absent
[[nodiscard]] std::int64_t integer_attribute(hid_t object, const char* name);
[[nodiscard]] double number_attribute(hid_t object, const char* name);

[[nodiscard]] Handle text_type(std::size_t length);  // UTF-8 of at most `length` bytes and a zero byte
[[nodiscard]] Handle open_dataset(hid_t file, const std::string& path);
[[nodiscard]] bool is_virtual(hid_t dataset);  // its rows lie in other files
[[nodiscard]] hsize_t rows_of(hid_t dataset);  // of a 1-D dataset; 1 of a scalar

// The names of the links in a group, in the order of their bytes.
[[nodiscard]] std::vector<std::string> names_in(hid_t file, const std::string& path);
[[nodiscard]] bool exists(hid_t file, const std::string& path);

}  // namespace sojourn::store
