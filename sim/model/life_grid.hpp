// The rows of a life table by age and calendar year, in any order, put together to complete grids, one a level.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"

namespace sojourn::model {

class LifeGrid {
 public:
  struct Row {
    std::size_t level = 0;
    int year = 0, age = 0;
    double rate = 0;  // [1/years]
    int line = 0;
  };
  struct Problem {
    int line = 0;  // 0: of the file
    std::string problem, why;
  };

  void add(const Row& row) { rows_.push_back(row); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  // What keeps the rows from being whole grids over the same ages, from 0, and the same years; `levels`: their names,
  // or none for one grid.
  [[nodiscard]] std::vector<Problem> problems(const std::vector<std::string>& levels);
  // Without problems: the tables by level. `last_rate` >= 0 goes on from the end of the last age.
  [[nodiscard]] std::vector<Table> tables(std::size_t levels, double last_rate) const;

 private:
  [[nodiscard]] std::size_t squares() const;
  void missing(std::size_t level, const std::string& name, std::vector<Problem>& found) const;

  std::vector<Row> rows_;
  int first_year_ = 0, last_year_ = 0, last_age_ = 0;
};

}  // namespace sojourn::model
