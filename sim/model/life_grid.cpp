#include "model/life_grid.hpp"

#include <algorithm>
#include <tuple>

namespace sojourn::model {

namespace {

auto place(const LifeGrid::Row& row) {
  return std::tuple(row.level, row.year, row.age);
}

std::string words(int age, int year) {
  return "age " + std::to_string(age) + " in " + std::to_string(year);
}

}  // namespace

std::size_t LifeGrid::squares() const {
  const auto years = static_cast<std::size_t>(last_year_ - first_year_) + 1;
  return years * (static_cast<std::size_t>(last_age_) + 1);
}

std::vector<LifeGrid::Problem> LifeGrid::problems(const std::vector<std::string>& levels) {
  std::vector<Problem> found;
  if (rows_.empty()) return {{0, "the table holds no rates", ""}};
  std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return place(a) < place(b); });
  first_year_ = last_year_ = rows_.front().year;
  last_age_ = 0;
  for (const Row& one : rows_) {
    first_year_ = std::min(first_year_, one.year);
    last_year_ = std::max(last_year_, one.year);
    last_age_ = std::max(last_age_, one.age);
  }
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    if (place(rows_[i]) != place(rows_[i - 1])) continue;
    found.push_back({rows_[i].line, words(rows_[i].age, rows_[i].year) + " is there twice",
                     "line " + std::to_string(rows_[i - 1].line)});
  }
  if (!found.empty()) return found;
  for (std::size_t level = 0; level < std::max<std::size_t>(levels.size(), 1); ++level) {
    missing(level, levels.empty() ? "" : levels[level], found);
  }
  return found;
}

// The first square without a row, and how many there are.
void LifeGrid::missing(std::size_t level, const std::string& name, std::vector<Problem>& found) const {
  std::size_t rows = 0;
  int year = first_year_, age = 0;
  for (const Row& one : rows_) {
    if (one.level != level) continue;
    ++rows;
    if (one.year != year || one.age != age) continue;
    if (++age > last_age_) {
      ++year;
      age = 0;
    }
  }
  if (rows == squares()) return;
  const std::size_t others = squares() - rows - 1;
  found.push_back(
      {0,
       "no row for " + words(age, year) + (name.empty() ? "" : ", `" + name + "`") +
           (others > 0 ? ", and for " + std::to_string(others) + (others > 1 ? " others" : " other") : ""),
       "a table by calendar year has each age in each year" + std::string(name.empty() ? "" : ", for each level")});
}

std::vector<Table> LifeGrid::tables(std::size_t levels, double last_rate) const {
  const auto ages = static_cast<std::size_t>(last_age_) + 1;
  const std::size_t years = squares() / ages;
  std::vector<Table> made(std::max<std::size_t>(levels, 1));
  for (Table& table : made) {
    for (std::size_t age = 0; age < ages; ++age) table.breaks.push_back(static_cast<double>(age));
    for (int year = first_year_; year <= last_year_; ++year) table.years.push_back(year);
    table.rates.resize(ages * years);
    if (last_rate < 0) continue;
    table.breaks.push_back(static_cast<double>(ages));
    table.rates.resize((ages + 1) * years, last_rate);
  }
  for (const Row& one : rows_) {
    made[one.level]
        .rates[static_cast<std::size_t>(one.age) * years + static_cast<std::size_t>(one.year - first_year_)] = one.rate;
  }
  return made;
}

}  // namespace sojourn::model
