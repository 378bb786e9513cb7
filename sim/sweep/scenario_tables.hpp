// Tables that each scenario has as a run has them, such as net_benefit: each one long table of all scenarios, with a
// column `scenario`. Their texts, of which there are few, stand once in the table `texts`.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/table.hpp"
#include "store/table_file.hpp"

namespace sojourn::sweep {

class ScenarioTables {
 public:
  explicit ScenarioTables(store::TableFile& file) : file_(file) {}

  // One of the tables to come. `description`: of the long one; `rows`: about how many it will have.
  void begin(const Table& example, const std::string& description, std::size_t rows);
  void append(std::size_t scenario, const std::vector<Table>& tables);
  void finish();  // writes the texts

 private:
  [[nodiscard]] double number_of(const std::string& text);

  store::TableFile& file_;
  std::unordered_map<std::string, std::size_t> streams_;  // by the table's name
  std::unordered_map<std::string, std::size_t> numbers_;  // of texts, from 1
  std::vector<std::string> texts_;
};

}  // namespace sojourn::sweep
