#include "distributions/compiled_map.hpp"

#include <algorithm>

namespace sojourn::distributions {

namespace {

constexpr std::size_t most_cells = 160;

void append(std::vector<double>& storage, const CompiledRow& row) {
  storage.insert(storage.end(), {row.start, row.value});
  storage.insert(storage.end(), row.a.begin(), row.a.end());
  storage.resize(storage.size() + CompiledMap::stride - CompiledMap::terms - 2, 0.0);
}

}  // namespace

CompiledRow unknown_row(double bound, double start) {
  CompiledRow row{bound, start, not_a_number, {}};
  row.a.fill(not_a_number);
  return row;
}

void append_map(std::vector<double>& storage, std::vector<CompiledRow> rows, double end) {
  const double low = 0.5 * rows.front().bound, high = 2 * (end < infinity ? end : rows.back().bound);
  rows.insert(rows.begin(), unknown_row(0, 0));
  if (end < infinity) rows.push_back(unknown_row(end, log(end)));
  rows.push_back(unknown_row(infinity, infinity));

  const std::uint64_t first = word_of(low), range = word_of(high) - first;
  int shift = 0;
  while ((range >> shift) + 1 > most_cells) ++shift;
  std::vector<double> cells, bounds;
  std::size_t most = 0, row = 0;
  for (std::uint64_t cell = 0; cell <= range >> shift; ++cell) {
    const double begin = from_word(first + (cell << shift)), next = from_word(first + ((cell + 1) << shift));
    while (rows[row + 1].bound <= begin) ++row;
    cells.push_back(from_word(row));
    std::size_t inside = 0;
    while (rows[row + inside + 1].bound < next) ++inside;
    most = std::max(most, inside);
  }
  const std::size_t span = std::bit_floor(most);
  for (const CompiledRow& one : rows) bounds.push_back(one.bound);
  bounds.insert(bounds.end(), 2 * span, infinity);
  const std::uint64_t bounds_at = CompiledMap::header + cells.size(), rows_at = bounds_at + bounds.size();
  storage.insert(storage.end(), {low, high, from_word(static_cast<std::uint64_t>(shift)), from_word(span),
                                 from_word(bounds_at), from_word(rows_at)});
  storage.insert(storage.end(), cells.begin(), cells.end());
  storage.insert(storage.end(), bounds.begin(), bounds.end());
  for (const CompiledRow& one : rows) append(storage, one);
}

}  // namespace sojourn::distributions
