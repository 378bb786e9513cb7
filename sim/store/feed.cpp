#include "store/feed.hpp"

namespace sojourn::store {

void Feed::begin(const Source& source) {
  source_ = source;
  cursor_ = 0;
  rows_ = rows_of_block(source);
}

std::size_t Feed::patient_filling() const {
  return patient_of_row(cursor_ + room() - 1);
}

void Feed::take(std::size_t rows) {
  if (rows == 0) return;
  copy(cursor_, rows, fill_);
  cursor_ += rows;
  fill_ += rows;
  if (fill_ == chunk_rows_) flush();
}

void Feed::flush() {
  for (ColumnWriter& column : columns_) column.flush(fill_);
  fill_ = 0;
}

void Feed::finish(Manifest& manifest) {
  flush();
  for (const ColumnWriter& column : columns_) {
    const std::string name = column.path().substr(column.path().rfind('/'));
    std::vector<std::string> further;
    for (const std::string& folder : further_folders_) further.push_back(folder + name);
    column.finish(manifest, further);
  }
}

}  // namespace sojourn::store
