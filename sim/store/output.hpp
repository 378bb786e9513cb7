// A result file being written: groups, texts and small columns by their path, each entered into the manifest.
// No object carries a time stamp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/chunk_queue.hpp"
#include "store/digest.hpp"
#include "store/hdf5.hpp"
#include "store/part_file.hpp"

namespace sojourn::store {

struct ColumnText {
  std::string unit, description;  // the attributes of a dataset; an empty one is left out
};

class Output {
 public:
  explicit Output(PartFile& part);

  // Of the long columns created from here on; without, none.
  void compress(Compression compression) { chunks_ = ChunkQueue(compression); }
  [[nodiscard]] ChunkQueue& chunks() { return chunks_; }

  void group(const std::string& path, const std::string& description);
  void group_attribute(const std::string& path, const char* name, const std::string& text);
  void group_attribute(const std::string& path, const char* name, std::int64_t value);
  void root_attribute(const char* name, const std::string& text);
  void root_attribute(const char* name, std::int64_t value);
  void root_attribute(const char* name, double value);

  void text(const std::string& path, const std::string& value, const ColumnText& about);  // a scalar, any bytes
  void texts(const std::string& path, const std::vector<std::string>& values, const ColumnText& about);
  void integers(const std::string& path, const std::vector<std::int64_t>& values, Element element,
                const ColumnText& about);
  void numbers(const std::string& path, const std::vector<double>& values, const ColumnText& about);
  void link(const std::string& existing, const std::string& path);  // the same group or dataset under a second path

  [[nodiscard]] Handle create(const std::string& path, hid_t type, hid_t space, hid_t properties,
                              const ColumnText& about);
  [[nodiscard]] Manifest& manifest() { return manifest_; }

  [[nodiscard]] std::string close();  // digest into the file; returns it
  void abandon();                     // closes what can be closed; the part must have been discarded

 private:
  void whole(const std::string& path, hid_t type, const std::string& type_name, hid_t space, std::uint64_t rows,
             const std::vector<std::byte>& bytes, const ColumnText& about);

  Handle file_;
  Manifest manifest_;
  ChunkQueue chunks_{Compression::none};
};

// Properties for creating a dataset: chunked if chunk_rows > 0; no time stamps.
[[nodiscard]] Handle dataset_properties(hsize_t chunk_rows);

}  // namespace sojourn::store
