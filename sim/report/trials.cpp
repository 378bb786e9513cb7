// Trials made of the simulated patients: the table as it is; the page draws how the estimates of the replicates spread.
#include <algorithm>
#include <string>
#include <vector>

#include "report/section.hpp"

namespace sojourn::report {

Json trials_section(const Inputs& inputs) {
  const std::vector<std::string> tables = inputs.result().reader().tables();
  if (std::find(tables.begin(), tables.end(), "trials") == tables.end()) return Json::object();
  return table_json(inputs.result().table("trials"));
}

}  // namespace sojourn::report
