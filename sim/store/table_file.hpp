// An HDF5 file of tables, with texts and attributes beside them: written under its final name when it is complete. Long
// tables go to the file row by row, in chunks. Equal calls give equal bytes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/table.hpp"

namespace sojourn::store {

struct StreamColumn {
  std::string name, unit, description;
  bool integer = false;  // else a number
};

class TableFile {
 public:
  explicit TableFile(const std::string& path);  // throws RunError, as all below
  ~TableFile();                                 // without finish(): nothing is left
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;

  void attribute(const char* name, const std::string& text);
  void attribute(const char* name, std::int64_t value);
  void group(const std::string& path, const std::string& description);
  void text(const std::string& path, const std::string& value, const std::string& description);
  void table(const Table& table);  // as /outcomes/NAME

  // A table /outcomes/NAME to which rows are appended; returns its number.
  [[nodiscard]] std::size_t begin(const std::string& name, const std::string& description,
                                  const std::vector<StreamColumn>& columns, std::size_t chunk_rows);
  void append(std::size_t stream, std::span<const double> row);  // a value a column

  [[nodiscard]] std::string finish();  // the digest; then the file stands under its name

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace sojourn::store
