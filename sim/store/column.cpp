#include "store/column.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace sojourn::store {

namespace {

constexpr std::size_t tried_rows = 4096;

// Those of ChunkCode, in its order; each chunk may leave them out.
void add_filters(const Handle& properties) {
  constexpr unsigned level = 6;  // of an HDF5 library that would write to it
  check(H5Pset_shuffle(properties.get()), "have a column shuffled");
  check(H5Pset_deflate(properties.get(), level), "have a column deflated");
}

}  // namespace

ColumnWriter::ColumnWriter(Output& output, const ColumnSpec& spec, std::size_t chunk_rows)
    : spec_(spec), queue_(&output.chunks()), chunk_(chunk_rows * bytes_of(spec.element)), chunk_rows_(chunk_rows) {
  const Handle properties = dataset_properties(chunk_rows);
  if (queue_->compression() != Compression::none) add_filters(properties);
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
  if (!code_)
    code_ = best_code(std::span(chunk_).first(std::min(rows, tried_rows) * width), width, queue_->compression());
  const Chunk chunk{dataset_.get(), &spec_.path, written_, written_ + rows, width, *code_};
  written_ += rows;
  if (only_usual(rows)) return queue_->put(chunk, {});
  std::memset(chunk_.data() + rows * width, 0, (chunk_rows_ - rows) * width);
  queue_->put(chunk, chunk_);
}

void ColumnWriter::finish(Manifest& manifest, const std::vector<std::string>& further_paths) const {
  manifest.add(spec_.path, name_of(spec_.element), written_, hash_);
  for (const std::string& path : further_paths) manifest.add(path, name_of(spec_.element), written_, hash_);
}

}  // namespace sojourn::store
