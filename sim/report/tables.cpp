// Tables that the page has no figure for, or that stand beside one: shown as they are, whatever their columns.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

constexpr std::array<std::string_view, 8> shown_elsewhere{
    "outcomes", "curves", "flows", "samples", "parameters", "trials", "cost_effectiveness", "net_benefit"};
constexpr std::size_t most_cells = 20'000;  // of a table: some 200 kB of the page

}  // namespace

Json tables_section(const Inputs& inputs) {
  Json made = Json::object();
  for (const std::string& name : inputs.result().reader().tables()) {
    if (std::find(shown_elsewhere.begin(), shown_elsewhere.end(), name) != shown_elsewhere.end()) continue;
    const Rows rows = inputs.result().table(name);
    if (rows.size() == 0) continue;
    const std::size_t most_rows = most_cells / rows.table().columns.size();
    Json table = table_json(rows, [most_rows](std::size_t row) { return row < most_rows; });
    table.set("all_rows", Json::number(static_cast<double>(rows.size())));
    made.set(name, std::move(table));
  }
  return made;
}

}  // namespace sojourn::report
