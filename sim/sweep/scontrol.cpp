#include "sweep/scontrol.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace sojourn::sweep {

Said said_by_scontrol(const std::string& words) {
  return said_by("timeout 10 scontrol " + words + " 2> /dev/null");
}

std::int64_t number_at(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

SlurmConfig slurm_config() {
  SlurmConfig found;
  std::istringstream lines(said_by_scontrol("show config").text);
  for (std::string line; std::getline(lines, line);) {  // KEY     = VALUE
    std::istringstream words(line);
    std::string key, equals, value;
    words >> key >> equals >> value;
    if (key == "ClusterName") found.cluster = value;
    if (key == "MaxArraySize")
      found.most_tasks = static_cast<std::size_t>(std::max<std::int64_t>(number_at(value) - 1, 1));
  }
  return found;
}

}  // namespace sojourn::sweep
