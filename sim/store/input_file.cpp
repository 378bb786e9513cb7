#include "store/input_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/error.hpp"
#include "store/reader.hpp"

namespace sojourn::store {

namespace {

void check_is_hdf5(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw InputError("cannot read '" + path + "': " + std::generic_category().message(errno));
  }
  if (S_ISDIR(status.st_mode)) throw InputError("cannot read '" + path + "': it is a folder");
  if (!std::ifstream(path)) throw InputError("cannot read '" + path + "': " + std::generic_category().message(errno));
  if (!is_hdf5_file(path)) throw InputError("'" + path + "' is not a sojourn result: it is not an HDF5 file");
}

std::string before_zero(const char* bytes, std::size_t width) {
  const std::string text(bytes, width);
  return text.substr(0, text.find('\0'));
}

}  // namespace

InputFile::InputFile(const std::string& path) {
  prepare_hdf5();
  check_is_hdf5(path);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make properties");
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "set how the file closes");
  // A finished result never changes, and cluster file systems often have no locks: HDF5 need not take one.
  check(H5Pset_file_locking(access.get(), false, true), "turn file locking off");
  file_ = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose, "open the file");
}

void read_rows(hid_t dataset, hsize_t first, hsize_t count, hid_t memory_type, void* data) {
  if (count == 0) return;
  const Handle space(H5Dget_space(dataset), H5Sclose, "read a column's shape");
  if (H5Sget_simple_extent_ndims(space.get()) == 0) {
    check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "read a value");
    return;
  }
  check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, &first, nullptr, &count, nullptr), "choose rows");
  const Handle memory(H5Screate_simple(1, &count, nullptr), H5Sclose, "make a shape");
  check(H5Dread(dataset, memory_type, memory.get(), space.get(), H5P_DEFAULT, data), "read rows");
}

Handle stored_type(hid_t dataset) {
  return {H5Dget_type(dataset), H5Tclose, "read a column's type"};
}

Kind kind_of(hid_t dataset) {
  switch (H5Tget_class(stored_type(dataset).get())) {
    case H5T_INTEGER:
      return Kind::integer;
    case H5T_FLOAT:
      return Kind::number;
    case H5T_STRING:
      return Kind::text;
    default:
      throw Hdf5Error("a column's type is not one of a result");
  }
}

std::string type_name(hid_t datatype) {
  if (H5Tget_class(datatype) == H5T_STRING) {
    if (H5Tis_variable_str(datatype) != 0) throw Hdf5Error("a text is not of fixed length");
    return "text" + std::to_string(H5Tget_size(datatype));
  }
  for (const Element element :
       {Element::int8, Element::int16, Element::int32, Element::int64, Element::float32, Element::float64}) {
    if (H5Tequal(datatype, type_of(element)) > 0) return name_of(element);
  }
  throw Hdf5Error("a type is not one of a result");
}

std::string InputFile::text(const std::string& path) const {
  const Handle dataset = open_dataset(file_.get(), path);
  const Handle type = stored_type(dataset.get());
  (void)type_name(type.get());
  if (kind_of(dataset.get()) != Kind::text || rows_of(dataset.get()) != 1) throw Hdf5Error(path + " is not a text");
  std::string bytes(H5Tget_size(type.get()), '\0');
  read_rows(dataset.get(), 0, 1, type.get(), bytes.data());
  bytes.pop_back();  // the zero byte at the end; others belong to the content
  return bytes;
}

std::vector<std::string> InputFile::texts(const std::string& path) const {
  const Handle dataset = open_dataset(file_.get(), path);
  if (kind_of(dataset.get()) != Kind::text) throw Hdf5Error(path + " does not hold texts");
  const Handle type = stored_type(dataset.get());
  (void)type_name(type.get());
  const std::size_t width = H5Tget_size(type.get());
  const hsize_t rows = rows_of(dataset.get());
  std::vector<char> bytes(static_cast<std::size_t>(rows) * width);
  read_rows(dataset.get(), 0, rows, type.get(), bytes.data());
  std::vector<std::string> values;
  for (hsize_t i = 0; i < rows; ++i) values.push_back(before_zero(&bytes[static_cast<std::size_t>(i) * width], width));
  return values;
}

std::vector<std::int64_t> InputFile::integers(const std::string& path) const {
  const Handle dataset = open_dataset(file_.get(), path);
  if (kind_of(dataset.get()) != Kind::integer) throw Hdf5Error(path + " does not hold integers");
  std::vector<std::int64_t> values(static_cast<std::size_t>(rows_of(dataset.get())));
  read_rows(dataset.get(), 0, values.size(), H5T_NATIVE_INT64, values.data());
  return values;
}

std::vector<double> InputFile::numbers(const std::string& path) const {
  const Handle dataset = open_dataset(file_.get(), path);
  if (kind_of(dataset.get()) == Kind::text) throw Hdf5Error(path + " does not hold numbers");
  std::vector<double> values(static_cast<std::size_t>(rows_of(dataset.get())));
  read_rows(dataset.get(), 0, values.size(), H5T_NATIVE_DOUBLE, values.data());
  return values;
}

void InputFile::visit_datasets(const Visit& visit) const {
  std::size_t seen = 0;
  visit_group("", 0, seen, visit);
}

void InputFile::visit_group(const std::string& path, int depth, std::size_t& seen, const Visit& visit) const {
  constexpr int deepest = 8;  // a damaged file may hold a group that contains itself
  constexpr std::size_t most = 1'000'000;
  for (const std::string& name : names_in(file_.get(), path.empty() ? "/" : path)) {
    const std::string place = path + "/" + name;
    if (depth > deepest || ++seen > most) throw Hdf5Error("it has more groups than a result can have");
    const Handle object(H5Oopen(file_.get(), place.c_str(), H5P_DEFAULT), H5Oclose, ("open " + place).c_str());
    const H5I_type_t type = H5Iget_type(object.get());
    if (type == H5I_GROUP) visit_group(place, depth + 1, seen, visit);
    if (type == H5I_DATASET) visit(place, object.get());
  }
}

}  // namespace sojourn::store
