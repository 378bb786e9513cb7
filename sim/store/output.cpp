#include "store/output.hpp"

#include <algorithm>
#include <cstring>

#include "store/part_driver.hpp"

namespace sojourn::store {

namespace {

Handle without_times(hid_t property_class) {
  Handle properties(H5Pcreate(property_class), H5Pclose, "make properties");
  check(H5Pset_obj_track_times(properties.get(), false), "turn time stamps off");
  return properties;
}

Handle scalar() {
  return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar"};
}

Handle line(hsize_t rows) {
  return {H5Screate_simple(1, &rows, nullptr), H5Sclose, "make a column's shape"};
}

template <class T>
std::vector<std::byte> bytes_of_values(const std::vector<std::int64_t>& values) {
  std::vector<std::byte> bytes(values.size() * sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const T value = static_cast<T>(values[i]);
    std::memcpy(&bytes[i * sizeof(T)], &value, sizeof(T));
  }
  return bytes;
}

std::vector<std::byte> packed(const std::vector<std::int64_t>& values, Element element) {
  switch (element) {
    case Element::int8:
      return bytes_of_values<std::int8_t>(values);
    case Element::int16:
      return bytes_of_values<std::int16_t>(values);
    case Element::int32:
      return bytes_of_values<std::int32_t>(values);
    case Element::int64:
      return bytes_of_values<std::int64_t>(values);
    case Element::float32:
      return bytes_of_values<float>(values);
    case Element::float64:
      break;
  }
  return bytes_of_values<double>(values);
}

std::vector<std::byte> packed_texts(const std::vector<std::string>& values, std::size_t width) {
  std::vector<std::byte> bytes(values.size() * width);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].empty()) std::memcpy(&bytes[i * width], values[i].data(), values[i].size());
  }
  return bytes;
}

template <class Value>
ColumnHash hash_of(const Value& value) {
  ColumnHash hash;
  hash.add(&value, sizeof(value));
  return hash;
}

}  // namespace

Handle dataset_properties(hsize_t chunk_rows) {
  Handle properties = without_times(H5P_DATASET_CREATE);
  if (chunk_rows > 0) {
    check(H5Pset_chunk(properties.get(), 1, &chunk_rows), "set the chunk");
    check(H5Pset_alloc_time(properties.get(), H5D_ALLOC_TIME_INCR), "set when chunks are allocated");
    check(H5Pset_fill_time(properties.get(), H5D_FILL_TIME_NEVER), "set that chunks are written whole");
  }
  return properties;
}

Output::Output(PartFile& part) {
  prepare_hdf5();
  const Handle creation = without_times(H5P_FILE_CREATE);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "make properties");
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "set how the file closes");
  check(use_part_file(access.get(), part), "use the file driver");
  file_ = Handle(H5Fcreate(part.part_path().c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose,
                 "create the file");
}

void Output::group(const std::string& path, const std::string& description) {
  const Handle creation = without_times(H5P_GROUP_CREATE);
  const Handle group(H5Gcreate2(file_.get(), path.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Gclose,
                     "create a group");
  if (!description.empty()) set_attribute(group.get(), "description", description);
}

void Output::group_attribute(const std::string& path, const char* name, const std::string& text) {
  const Handle group(H5Gopen2(file_.get(), path.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
  set_attribute(group.get(), name, text);
}

void Output::group_attribute(const std::string& path, const char* name, std::int64_t value) {
  const Handle group(H5Gopen2(file_.get(), path.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
  set_attribute(group.get(), name, value);
}

void Output::root_attribute(const char* name, const std::string& text) {
  set_attribute(file_.get(), name, text);
  const std::string stored = text_attribute(file_.get(), name);
  ColumnHash hash;
  hash.add(stored.c_str(), stored.size() + 1);
  manifest_.add(std::string("/@") + name, "text" + std::to_string(stored.size() + 1), 1, hash);
}

void Output::root_attribute(const char* name, std::int64_t value) {
  set_attribute(file_.get(), name, value);
  manifest_.add(std::string("/@") + name, "int64", 1, hash_of(value));
}

void Output::root_attribute(const char* name, double value) {
  set_attribute(file_.get(), name, value);
  manifest_.add(std::string("/@") + name, "float64", 1, hash_of(value));
}

Handle Output::create(const std::string& path, hid_t type, hid_t space, hid_t properties, const ColumnText& about) {
  Handle dataset(H5Dcreate2(file_.get(), path.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                 ("create " + path).c_str());
  if (!about.unit.empty()) set_attribute(dataset.get(), "unit", about.unit);
  if (!about.description.empty()) set_attribute(dataset.get(), "description", about.description);
  return dataset;
}

void Output::whole(const std::string& path, hid_t type, const std::string& type_name, hid_t space, std::uint64_t rows,
                   const std::vector<std::byte>& bytes, const ColumnText& about) {
  const Handle dataset = create(path, type, space, dataset_properties(0).get(), about);
  if (rows > 0) {
    check(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), ("write " + path).c_str());
  }
  ColumnHash hash;
  hash.add(bytes.data(), bytes.size());
  manifest_.add(path, type_name, rows, hash);
}

void Output::text(const std::string& path, const std::string& value, const ColumnText& about) {
  const std::size_t width = value.size() + 1;
  whole(path, text_type(value.size()).get(), "text" + std::to_string(width), scalar().get(), 1,
        packed_texts({value}, width), about);
}

void Output::texts(const std::string& path, const std::vector<std::string>& values, const ColumnText& about) {
  std::size_t longest = 0;
  for (const std::string& value : values) longest = std::max(longest, value.size());
  whole(path, text_type(longest).get(), "text" + std::to_string(longest + 1), line(values.size()).get(), values.size(),
        packed_texts(values, longest + 1), about);
}

void Output::integers(const std::string& path, const std::vector<std::int64_t>& values, Element element,
                      const ColumnText& about) {
  whole(path, type_of(element), name_of(element), line(values.size()).get(), values.size(), packed(values, element),
        about);
}

void Output::numbers(const std::string& path, const std::vector<double>& values, const ColumnText& about) {
  std::vector<std::byte> bytes(values.size() * sizeof(double));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  whole(path, type_of(Element::float64), name_of(Element::float64), line(values.size()).get(), values.size(), bytes,
        about);
}

void Output::link(const std::string& existing, const std::string& path) {
  check(H5Lcreate_hard(file_.get(), existing.c_str(), file_.get(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT),
        "link a group");
}

std::string Output::close() {
  const std::string digest = manifest_.digest();
  set_attribute(file_.get(), "digest", digest);
  check(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL), "flush the file");
  const hid_t file = file_.release();
  check(H5Fclose(file), "close the file");
  return digest;
}

void Output::abandon() {
  H5Eclear2(H5E_DEFAULT);
  file_.reset();
  H5Eclear2(H5E_DEFAULT);
}

}  // namespace sojourn::store
