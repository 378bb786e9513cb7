// The columns of a table, one made at a time from rows of any type.
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/table.hpp"

namespace sojourn::outcomes {

template <class Row>
class TableColumns {
 public:
  explicit TableColumns(const std::vector<Row>& rows) : rows_(rows) {}

  // `value`: from a row to a double, a std::int64_t or a std::string.
  template <class Value>
  void add(const char* name, const char* unit, const char* description, Value value) {
    using T = std::decay_t<decltype(value(std::declval<const Row&>()))>;
    std::vector<T> values;
    values.reserve(rows_.size());
    for (const Row& row : rows_) values.push_back(value(row));
    columns_.push_back({name, unit, description, std::move(values)});
  }
  [[nodiscard]] std::vector<Column> take() { return std::move(columns_); }

 private:
  const std::vector<Row>& rows_;
  std::vector<Column> columns_;
};

}  // namespace sojourn::outcomes
