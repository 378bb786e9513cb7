#include "report/rows.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

namespace sojourn::report {

Rows::Rows(Table table) : table_(std::move(table)) {
  for (const Column& column : table_.columns) {
    size_ = std::visit([](const auto& values) { return values.size(); }, column.values);
  }
}

const Column* Rows::find(const char* column) const {
  const auto found = std::find_if(table_.columns.begin(), table_.columns.end(),
                                  [column](const Column& one) { return one.name == column; });
  return found == table_.columns.end() ? nullptr : &*found;
}

std::string Rows::text(std::size_t row, const char* column) const {
  const Column* found = find(column);
  const auto* texts = found == nullptr ? nullptr : std::get_if<std::vector<std::string>>(&found->values);
  return texts == nullptr ? "" : texts->at(row);
}

double Rows::number(std::size_t row, const char* column) const {
  const Column* found = find(column);
  if (found != nullptr) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&found->values)) return numbers->at(row);
    if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&found->values)) {
      return static_cast<double>(whole->at(row));
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace sojourn::report
