#include <cmath>
#include <utility>
#include <variant>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

Json cell(const Column& column, std::size_t row) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) return Json::text((*texts)[row]);
  if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) return Json::number((*numbers)[row]);
  return Json::number(static_cast<double>(std::get<std::vector<std::int64_t>>(column.values)[row]));
}

}  // namespace

Json rounded(double value) {
  return Json::number(std::round(value * 1e6) / 1e6);
}

Json table_json(const Rows& rows, const std::function<bool(std::size_t)>& wanted) {
  Json columns = Json::list(), lines = Json::list();
  for (const Column& column : rows.table().columns) {
    columns.add(Json::object()
                    .set("name", Json::text(column.name))
                    .set("unit", Json::text(column.unit))
                    .set("description", Json::text(column.description)));
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (wanted && !wanted(r)) continue;
    Json line = Json::list();
    for (const Column& column : rows.table().columns) line.add(cell(column, r));
    lines.add(std::move(line));
  }
  return Json::object()
      .set("description", Json::text(rows.table().description))
      .set("columns", std::move(columns))
      .set("rows", std::move(lines));
}

}  // namespace sojourn::report
