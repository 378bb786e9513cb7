#include "store/hdf5.hpp"

#include <algorithm>
#include <bit>
#include <mutex>

namespace sojourn::store {

static_assert(std::endian::native == std::endian::little, "columns are copied to the file as they lie in memory");

namespace {

// The innermost message is the cause; where the system refused, HDF5 has it as "error message = '...'".
herr_t collect_cause(unsigned position, const H5E_error2_t* error, void* data) {
  auto& cause = *static_cast<std::string*>(data);
  if (error->desc == nullptr) return 0;
  const std::string text = error->desc;
  constexpr std::string_view key = "error message = '";
  const std::size_t at = text.find(key);
  if (at != std::string::npos) {
    cause = text.substr(at + key.size(), text.find('\'', at + key.size()) - at - key.size());
    return 1;  // stop: nothing says it better
  }
  if (position == 0) cause = text;
  return 0;
}

std::string cause_of_failure() {
  std::string cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect_cause, &cause);
  H5Eclear2(H5E_DEFAULT);
  return cause.empty() ? "unknown cause" : cause;
}

constexpr std::size_t attribute_limit = 60'000;  // [bytes]

std::string cut(const std::string& text) {
  if (text.size() <= attribute_limit) return text;
  std::size_t end = attribute_limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;  // not inside a character
  return text.substr(0, end);
}

void write_attribute(hid_t object, const char* name, hid_t file_type, hid_t memory_type, const void* value) {
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a scalar");
  const Handle attribute(H5Acreate2(object, name, file_type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute.get(), memory_type, value), "write an attribute");
}

void read_attribute(hid_t object, const char* name, hid_t memory_type, void* value) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle space(H5Aget_space(attribute.get()), H5Sclose, "read an attribute's shape");
  if (H5Sget_simple_extent_npoints(space.get()) != 1) throw Hdf5Error("an attribute is not a single value");
  check(H5Aread(attribute.get(), memory_type, value), "read an attribute");
}

}  // namespace

void prepare_hdf5() {
  static std::once_flag once;
  std::call_once(once, [] { H5dont_atexit(); });
  thread_local bool silent = false;  // HDF5 keeps its error handling by thread
  if (silent) return;
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  silent = true;
}

void check(herr_t status, const char* what) {
  if (status < 0) throw Hdf5Error(std::string("could not ") + what + ": " + cause_of_failure());
}

Handle::Handle(hid_t id, Close close, const char* what) : id_(id), close_(close) {
  if (id < 0) check(-1, what);
}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this == &other) return *this;
  reset();
  id_ = std::exchange(other.id_, -1);
  close_ = other.close_;
  return *this;
}

void Handle::reset() {
  if (id_ >= 0) close_(id_);
  id_ = -1;
}

std::size_t bytes_of(Element element) {
  constexpr std::size_t bytes[] = {1, 2, 4, 8, 4, 8};
  return bytes[static_cast<std::size_t>(element)];
}

const char* name_of(Element element) {
  constexpr const char* names[] = {"int8", "int16", "int32", "int64", "float32", "float64"};
  return names[static_cast<std::size_t>(element)];
}

hid_t type_of(Element element) {
  switch (element) {
    case Element::int8:
      return H5T_STD_I8LE;
    case Element::int16:
      return H5T_STD_I16LE;
    case Element::int32:
      return H5T_STD_I32LE;
    case Element::int64:
      return H5T_STD_I64LE;
    case Element::float32:
      return H5T_IEEE_F32LE;
    case Element::float64:
      break;
  }
  return H5T_IEEE_F64LE;
}

Element narrowest(std::int64_t largest) {
  if (largest <= INT8_MAX) return Element::int8;
  if (largest <= INT16_MAX) return Element::int16;
  return largest <= INT32_MAX ? Element::int32 : Element::int64;
}

void set_attribute(hid_t object, const char* name, const std::string& text) {
  const std::string value = cut(text);
  const Handle type = text_type(value.size());
  write_attribute(object, name, type.get(), type.get(), value.c_str());
}

void set_attribute(hid_t object, const char* name, std::int64_t value) {
  write_attribute(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value);
}

void set_attribute(hid_t object, const char* name, double value) {
  write_attribute(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

bool has_attribute(hid_t object, const char* name) {
  return H5Aexists(object, name) > 0;
}

std::string text_attribute(hid_t object, const char* name) {
  if (!has_attribute(object, name)) return {};
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle type(H5Aget_type(attribute.get()), H5Tclose, "read an attribute's type");
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0) {
    throw Hdf5Error(std::string("the attribute ") + name + " is not a text of fixed length");
  }
  std::string text(H5Tget_size(type.get()), '\0');
  read_attribute(object, name, type.get(), text.data());
  text.resize(text.find('\0') == std::string::npos ? text.size() : text.find('\0'));
  return text;
}

std::int64_t integer_attribute(hid_t object, const char* name) {
  std::int64_t value = 0;
  read_attribute(object, name, H5T_NATIVE_INT64, &value);
  return value;
}

double number_attribute(hid_t object, const char* name) {
  double value = 0;
  read_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
  return value;
}

Handle text_type(std::size_t length) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type.get(), length + 1), "make a text type");
  // Not "ends at a zero": readers would cut a text that has zero bytes inside.
  check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "make a text type");
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8), "make a text type");
  return type;
}

Handle open_dataset(hid_t file, const std::string& path) {
  return {H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, ("open " + path).c_str()};
}

bool is_virtual(hid_t dataset) {
  const Handle properties(H5Dget_create_plist(dataset), H5Pclose, "read a column's properties");
  return H5Pget_layout(properties.get()) == H5D_VIRTUAL;
}

hsize_t rows_of(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), H5Sclose, "read a column's length");
  const hssize_t rows = H5Sget_simple_extent_npoints(space.get());
  if (rows < 0 || H5Sget_simple_extent_ndims(space.get()) > 1) throw Hdf5Error("a column is not one-dimensional");
  if (is_virtual(dataset)) return static_cast<hsize_t>(rows);  // what it lies in is looked at by check_shards()
  // A damaged length would have nothing read again and again: deflate makes bytes at most 1032 times fewer.
  constexpr hsize_t most_per_byte = 1032, small = 1 << 20;
  if (static_cast<hsize_t>(rows) / most_per_byte > H5Dget_storage_size(dataset) + small) {
    throw Hdf5Error("a column claims more rows than it holds");
  }
  return static_cast<hsize_t>(rows);
}

std::vector<std::string> names_in(hid_t file, const std::string& path) {
  const Handle group(H5Gopen2(file, path.c_str(), H5P_DEFAULT), H5Gclose, ("open " + path).c_str());
  std::vector<std::string> names;
  const auto add = [](hid_t, const char* name, const H5L_info_t*, void* data) -> herr_t {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  };
  check(H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, add, &names), "list a group");
  std::sort(names.begin(), names.end());
  return names;
}

bool exists(hid_t file, const std::string& path) {
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    if (H5Lexists(file, path.substr(0, end).c_str(), H5P_DEFAULT) <= 0) return false;
    if (end == std::string::npos) return true;
  }
}

}  // namespace sojourn::store
