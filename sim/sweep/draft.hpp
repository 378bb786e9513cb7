// A sweep file made ready: read, its designs drawn, every scenario checked against its model; nothing on the disk yet.
#pragma once

#include <string>

#include "sweep/check.hpp"
#include "sweep/folder.hpp"

namespace sojourn::sweep {

struct Draft {
  Definition definition;
  Scenarios scenarios;
  std::int64_t patients = 0, strategies = 0;
  std::uint32_t seed = 1;
  Checked checked;
  std::string model_path;

  [[nodiscard]] Plan plan() const;  // of a sweep that begins with it
};

// Throws InputError with all problems. `program`: the version of this program.
[[nodiscard]] Draft read_draft(const std::string& path, const std::string& program);

}  // namespace sojourn::sweep
