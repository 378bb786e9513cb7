#include "store/column.hpp"

#include <cstring>

namespace sojourn::store {

ColumnWriter::ColumnWriter(Output& output, const ColumnSpec& spec, std::size_t chunk_rows)
    : spec_(spec), chunk_(chunk_rows * bytes_of(spec.element)), chunk_rows_(chunk_rows) {
  const Handle properties = dataset_properties(chunk_rows);
  if (spec.usual) {
    usual_.resize(bytes_of(spec.element));
    with_type(spec.element, [&](auto type) {
      const auto value = static_cast<decltype(type)>(*spec.usual);
      std::memcpy(usual_.data(), &value, sizeof(value));
    });
    check(H5Pset_fill_value(properties.get(), type_of(spec.element), usual_.data()), "set a column's usual value");
    check(H5Pset_fill_time(properties.get(), H5D_FILL_TIME_IFSET), "set that readers see the usual value");
  }
  const hsize_t rows = 0, unlimited = H5S_UNLIMITED;
  const Handle space(H5Screate_simple(1, &rows, &unlimited), H5Sclose, "make a column's shape");
  dataset_ = output.create(spec.path, type_of(spec.element), space.get(), properties.get(), spec.about);
}

bool ColumnWriter::only_usual(std::size_t rows) const {
  if (usual_.empty()) return false;
  const std::size_t width = usual_.size();
  // The first value, and then that each byte equals the one a value earlier.
  return std::memcmp(chunk_.data(), usual_.data(), width) == 0 &&
         std::memcmp(chunk_.data(), chunk_.data() + width, (rows - 1) * width) == 0;
}

void ColumnWriter::flush(std::size_t rows) {
  if (rows == 0) return;
  const std::size_t width = bytes_of(spec_.element);
  hash_.add(chunk_.data(), rows * width);
  const hsize_t offset = written_;
  written_ += rows;
  check(H5Dset_extent(dataset_.get(), &written_), ("extend " + spec_.path).c_str());
  if (only_usual(rows)) return;
  std::memset(chunk_.data() + rows * width, 0, (chunk_rows_ - rows) * width);
  check(H5Dwrite_chunk(dataset_.get(), H5P_DEFAULT, 0, &offset, chunk_.size(), chunk_.data()),
        ("write " + spec_.path).c_str());
}

void ColumnWriter::finish(Manifest& manifest, const std::vector<std::string>& further_paths) const {
  manifest.add(spec_.path, name_of(spec_.element), written_, hash_);
  for (const std::string& path : further_paths) manifest.add(path, name_of(spec_.element), written_, hash_);
}

}  // namespace sojourn::store
