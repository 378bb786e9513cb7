// The tables of a collected sweep about its figures: what is wanted, what each scenario reached, what was solved for.
#pragma once

#include <string>
#include <vector>

#include "base/table.hpp"
#include "store/table_file.hpp"
#include "sweep/scenarios.hpp"
#include "sweep/solution.hpp"

namespace sojourn::sweep {

class FigureTables {
 public:
  FigureTables(store::TableFile& file, const Scenarios& scenarios);

  [[nodiscard]] bool any() const { return wanted_.any(); }
  // The description of an error or interval: those of recalibrated scenarios leave out the error of what was solved
  // for.
  [[nodiscard]] std::string given(const std::string& what) const;
  void append(std::size_t scenario, const Solution& found);
  // The columns of the wide table, and a scenario's values in them; null: it has none.
  [[nodiscard]] std::vector<store::StreamColumn> wide_columns() const;
  void append_wide(const Solution* found, std::vector<double>& row) const;
  // Lines of the CSV, each after `head`, the scenario and its axes.
  void append_csv(const Solution& found, const std::string& head, std::string& csv) const;

 private:
  [[nodiscard]] Table targets_table() const;
  [[nodiscard]] std::string unit_of_figure(const Figure& one) const;

  store::TableFile& file_;
  const Scenarios& scenarios_;
  const Recalibration& wanted_;
  std::size_t achieved_ = 0, recalibrated_ = 0;
};

}  // namespace sojourn::sweep
