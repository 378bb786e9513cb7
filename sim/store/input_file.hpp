// A result file being read: texts and columns by their path. Everything throws Hdf5Error on damage.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/hdf5.hpp"

namespace sojourn::store {

class InputFile {
 public:
  explicit InputFile(const std::string& path);  // throws InputError if it cannot be opened or is no HDF5 file

  [[nodiscard]] hid_t id() const { return file_.get(); }
  [[nodiscard]] std::string text(const std::string& path) const;
  [[nodiscard]] std::vector<std::string> texts(const std::string& path) const;
  [[nodiscard]] std::vector<std::int64_t> integers(const std::string& path) const;
  [[nodiscard]] std::vector<double> numbers(const std::string& path) const;

  // Calls `visit` for every dataset, by path, in the order of names. A linked group's datasets come once a path.
  using Visit = std::function<void(const std::string& path, hid_t dataset)>;
  void visit_datasets(const Visit& visit) const;

 private:
  void visit_group(const std::string& path, int depth, std::size_t& seen, const Visit& visit) const;

  Handle file_;
};

// Rows first .. first + count of a 1-D dataset (or a scalar's one) into `data`, as `memory_type`.
void read_rows(hid_t dataset, hsize_t first, hsize_t count, hid_t memory_type, void* data);

enum class Kind : std::uint8_t { integer, number, text };
[[nodiscard]] Kind kind_of(hid_t dataset);
// int8 ... float64, textN: as in the digest's manifest; throws Hdf5Error for any other type.
[[nodiscard]] std::string type_name(hid_t datatype);
[[nodiscard]] Handle stored_type(hid_t dataset);

}  // namespace sojourn::store
