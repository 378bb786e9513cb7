// What has changed between the sweep in a folder and the files it was made from.
#pragma once

#include <string>
#include <vector>

#include "sweep/folder.hpp"

namespace sojourn::sweep {

struct Changes {
  std::vector<std::string> model;  // a line for each file that differs: where first, what it was and what it is
  std::vector<std::string> sweep;  // the same of the sweep file
};

// `path`: of the sweep file as it is now.
[[nodiscard]] Changes changes_since(const Definition& before, const std::string& path);

}  // namespace sojourn::sweep
