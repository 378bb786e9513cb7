// A long column on its way to the file: rows gather in memory until a chunk is full, which then goes to the file whole,
// coded as tries on the column's first rows show to be best (chunk_code.hpp). The last chunk's tail is zero. Chunk rows
// are given, never measured.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "store/output.hpp"

namespace sojourn::store {

struct ColumnSpec {
  std::string path;
  Element element = Element::float64;
  ColumnText about;
  // Most rows hold this value: a chunk with no other is not stored, readers see the value all the same.
  std::optional<double> usual;
};

class ColumnWriter {
 public:
  ColumnWriter(Output& output, const ColumnSpec& spec, std::size_t chunk_rows);

  // Where row `row` of the unfinished chunk lies; T must have the element's size.
  template <class T>
  [[nodiscard]] T* at(std::size_t row) {
    return reinterpret_cast<T*>(chunk_.data()) + row;
  }
  [[nodiscard]] Element element() const { return spec_.element; }
  [[nodiscard]] const std::string& path() const { return spec_.path; }

  void flush(std::size_t rows);  // the first `rows` rows of the chunk to the file; all, but at the end
  void finish(Manifest& manifest, const std::vector<std::string>& further_paths) const;

 private:
  [[nodiscard]] bool only_usual(std::size_t rows) const;

  ColumnSpec spec_;
  ChunkQueue* queue_;
  std::optional<ChunkCode> code_;
  Handle dataset_;
  std::vector<std::byte> chunk_, usual_;  // usual_: the usual value as it is stored
  std::size_t chunk_rows_;
  hsize_t written_ = 0;  // rows
  ColumnHash hash_;
};

// Calls `action` with a value of the element's type, to choose the code for it.
template <class Action>
void with_type(Element element, Action action) {
  switch (element) {
    case Element::int8:
      return action(std::int8_t{});
    case Element::int16:
      return action(std::int16_t{});
    case Element::int32:
      return action(std::int32_t{});
    case Element::int64:
      return action(std::int64_t{});
    case Element::float32:
      return action(float{});
    case Element::float64:
      return action(double{});
  }
}

// Rows `at` .. `at` + n of the unfinished chunk from values in memory.
template <class From, class F>
void convert(ColumnWriter& column, std::size_t at, const From* from, std::size_t n, F value) {
  with_type(column.element(), [&](auto type) {
    using To = decltype(type);
    To* to = column.at<To>(at);
    for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<To>(value(from[i]));
  });
}

inline void copy_numbers(ColumnWriter& column, std::size_t at, const double* from, std::size_t n) {
  convert(column, at, from, n, [](double value) { return value; });
}

}  // namespace sojourn::store
