// The tables `curves` and `flows`: a series for each outcome, group, level and strategy, thinned to what a screen can
// show and a page of 3 MB can hold.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "report/section.hpp"

namespace sojourn::report {

namespace {

constexpr std::size_t most_times = 240;      // a series: one each three pixels of a wide figure
constexpr std::size_t most_points = 30'000;  // of all series together: about 1.2 MB

constexpr std::array key_columns{"kind", "outcome", "label", "method", "group", "level", "strategy"};

struct Series {
  std::size_t first = 0, count = 0;  // rows
};

bool same_series(const Rows& rows, std::size_t a, std::size_t b) {
  return std::all_of(key_columns.begin(), key_columns.end(),
                     [&](const char* column) { return rows.text(a, column) == rows.text(b, column); });
}

std::vector<Series> series_of(const Rows& rows) {
  std::vector<Series> all;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (r == 0 || !same_series(rows, r - 1, r)) all.push_back({r, 0});
    ++all.back().count;
  }
  return all;
}

// Every `stride`-th row, counted from the end so that the last time is always there.
std::vector<std::size_t> kept_rows(const Series& series, std::size_t stride) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < series.count; ++i) {
    if (i == 0 || (series.count - 1 - i) % stride == 0) kept.push_back(series.first + i);
  }
  return kept;
}

std::size_t stride_for(const std::vector<Series>& all) {
  std::size_t longest = 1, points = 0;
  for (const Series& one : all) {
    longest = std::max(longest, one.count);
    points += one.count;
  }
  return std::max((longest + most_times - 1) / most_times, (points + most_points - 1) / most_points);
}

Json series_json(const Rows& rows, const Series& series, std::size_t stride) {
  Json made = Json::object();
  for (const char* column : key_columns) made.set(column, Json::text(rows.text(series.first, column)));
  const std::vector<std::size_t> kept = kept_rows(series, std::max<std::size_t>(stride, 1));
  for (const char* column : {"time", "estimate", "lower", "upper", "at_risk", "extrapolated"}) {
    Json values = Json::list();
    for (const std::size_t row : kept) values.add(rounded(rows.number(row, column)));
    made.set(column, std::move(values));
  }
  return made;
}

}  // namespace

Json curves_section(const Inputs& inputs) {
  const Rows rows = inputs.result().table("curves");
  if (rows.size() == 0) return Json::object();
  const std::vector<Series> all = series_of(rows);
  const std::size_t stride = stride_for(all);
  Json list = Json::list();
  for (const Series& one : all) list.add(series_json(rows, one, stride));
  return Json::object()
      .set("thinned", Json::number(static_cast<double>(stride)))  // every how many-th time of the file
      .set("series", std::move(list));
}

}  // namespace sojourn::report
