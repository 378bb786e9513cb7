#include "report/cells.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sojourn::report {

namespace {

constexpr std::size_t most_outcomes = 3;

Cell cell_of(const Rows& rows, std::size_t row) {
  Cell made;
  made.outcome = rows.text(row, "outcome");
  made.label = rows.text(row, "label");
  made.kind = rows.text(row, "kind");
  made.measure = rows.text(row, "measure");
  made.method = rows.text(row, "method");
  made.group = rows.text(row, "group");
  made.level = rows.text(row, "level");
  made.unit = rows.text(row, "unit");
  made.time = rows.number(row, "time");
  return made;
}

// Over all patients under every strategy: not over some who got to the outcome's origin, or are of a population.
bool is_of_everybody(const Result& result, const Cell& cell) {
  const auto patients = static_cast<double>(result.input().patients);
  return cell.group.empty() && cell.level.empty() &&
         std::all_of(cell.rows.begin(), cell.rows.end(),
                     [&](std::size_t row) { return result.outcomes().number(row, "n") == patients; });
}

// Of one outcome: at the last time observed, and at the last of all.
void add_times(const std::vector<Cell>& of_outcome, std::vector<Cell>& to) {
  const Cell* observed = nullptr;
  for (const Cell& one : of_outcome) {
    if (!one.extrapolated) observed = &one;
  }
  if (observed != nullptr) to.push_back(*observed);
  if (observed != &of_outcome.back()) to.push_back(of_outcome.back());
}

}  // namespace

bool Cell::is(const Cell& other) const {
  return outcome == other.outcome && measure == other.measure && group == other.group && level == other.level &&
         std::abs(time - other.time) < 1e-9;
}

std::vector<Cell> cells_of(const Result& result) {
  const Rows& rows = result.outcomes();
  std::vector<Cell> cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Cell cell = cell_of(rows, r);
    if (cells.empty() || !cells.back().is(cell)) cells.push_back(std::move(cell));
    cells.back().rows.push_back(r);
    cells.back().extrapolated = cells.back().extrapolated || rows.number(r, "extrapolated") == 1;
  }
  std::erase_if(cells, [&](const Cell& cell) { return cell.rows.size() != result.strategies().size(); });
  return cells;
}

std::vector<Cell> main_cells(const Result& result) {
  const std::vector<Cell> all = cells_of(result);
  std::vector<Cell> made;
  for (const bool survival : {true, false}) {
    std::vector<Cell> of_outcome;
    std::size_t outcomes = 0;
    const auto close = [&] {
      if (!of_outcome.empty() && outcomes++ < (survival ? most_outcomes : 1)) add_times(of_outcome, made);
      of_outcome.clear();
    };
    for (const Cell& cell : all) {
      if (!of_outcome.empty() && of_outcome.front().outcome != cell.outcome) close();
      const bool fits = survival ? cell.measure == "survival" : true;
      if (fits && is_of_everybody(result, cell)) of_outcome.push_back(cell);
    }
    close();
    if (!made.empty()) break;
  }
  return made;
}

}  // namespace sojourn::report
