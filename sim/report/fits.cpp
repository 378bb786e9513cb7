// The same question under other values of the parameters (`--with`): the differences of each result, side by side.
#include <array>
#include <filesystem>
#include <utility>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

constexpr std::array texts{"outcome", "label", "measure", "method", "unit", "strategy"};
constexpr std::array numbers{"time",  "extrapolated", "estimate",         "lower",
                             "upper", "difference",   "difference_lower", "difference_upper"};

// Differences of the whole population; not of levels and groups.
bool wanted(const Rows& rows, std::size_t row) {
  const double difference = rows.number(row, "difference");
  return rows.text(row, "group").empty() && rows.text(row, "level").empty() && difference == difference;
}

Json fit_json(const Result& result) {
  const Rows& rows = result.outcomes();
  Json list = Json::list();
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!wanted(rows, r)) continue;
    Json one = Json::object();
    for (const char* column : texts) one.set(column, Json::text(rows.text(r, column)));
    for (const char* column : numbers) one.set(column, Json::number(rows.number(r, column)));
    list.add(std::move(one));
  }
  Json changes = Json::list();
  for (const auto& [name, value] : result.input().overrides) changes.add(Json::text(name + " = " + value));
  return Json::object()
      .set("name", Json::text(std::filesystem::path(result.file_name()).stem().string()))
      .set("patients", Json::number(static_cast<double>(result.input().patients)))
      .set("digest", Json::text(result.reader().digest()))
      .set("changes", std::move(changes))
      .set("rows", std::move(list));
}

}  // namespace

Json fits_section(const Inputs& inputs) {
  if (inputs.others.empty()) return Json::object();
  Json list = Json::list();
  list.add(fit_json(inputs.result()));
  for (const Result& one : inputs.others) list.add(fit_json(one));
  return Json::object().set("list", std::move(list));
}

}  // namespace sojourn::report
