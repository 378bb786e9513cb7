// The tables of a collected sweep that have rows of many scenarios: long, comparisons, wide; and the long one as CSV.
// Rows go to the files as they come.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/durable.hpp"
#include "base/table.hpp"
#include "store/table_file.hpp"
#include "sweep/figure_tables.hpp"
#include "sweep/quantities.hpp"
#include "sweep/scenario_tables.hpp"
#include "sweep/scenarios.hpp"

namespace sojourn::sweep {

// By quantity and by pair; empty for a scenario that has none.
struct Numbers {
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  struct Estimate {
    double n = 0, events = 0, estimate = missing, se = missing, lower = missing, upper = missing;
    double difference = missing, difference_se = missing, difference_lower = missing, difference_upper = missing;
  };
  struct Difference {
    double difference = missing, se = missing, lower = missing, upper = missing;
  };
  std::vector<std::pair<std::size_t, Estimate>> estimates;
  std::vector<std::pair<std::size_t, Difference>> differences;
  std::vector<Table> tables;
};

class CollectedTables {
 public:
  // `names`: of all scenarios. `more`: an example of each further table. `csv`: empty: none.
  CollectedTables(store::TableFile& file, const Scenarios& scenarios, const Quantities& names,
                  const std::vector<Table>& more, const std::string& csv);

  // In order. `found`: null where there is none.
  void append(std::size_t scenario, const Numbers& numbers, const Solution* found);
  void finish_tables();  // before the file is finished
  void finish_csv();

 private:
  void begin_long();
  void begin_wide();
  void begin_csv(const std::string& path);
  void append_wide(std::size_t scenario, const Numbers& numbers, const Solution* found);
  void append_csv(const std::string& head, std::size_t quantity, const Numbers::Estimate& x);
  [[nodiscard]] std::string csv_head(std::size_t scenario) const;  // its number, id and axes

  store::TableFile& file_;
  const Scenarios& scenarios_;
  const Quantities& names_;
  std::vector<Column> axes_;
  FigureTables figures_;
  ScenarioTables more_;
  std::size_t long_ = 0, pairs_ = 0, wide_ = 0;
  std::optional<DurableFile> csv_file_;
  std::string csv_;  // lines on their way to it
};

}  // namespace sojourn::sweep
