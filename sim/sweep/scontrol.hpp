// The controller of Slurm, asked by its program `scontrol`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/said.hpp"

namespace sojourn::sweep {

// Given up after ten seconds: a controller that is down takes minutes to be given up by
// `scontrol` itself.
[[nodiscard]] Said said_by_scontrol(const std::string& words);

// The number at the beginning of a text; 0: none.
[[nodiscard]] std::int64_t number_at(std::string_view text);

// Of the controller that answers here.
struct SlurmConfig {
  std::string cluster;            // empty: none answers
  std::size_t most_tasks = 1000;  // the largest index of a job array: MaxArraySize less 1, or that of its default
};
[[nodiscard]] SlurmConfig slurm_config();

}  // namespace sojourn::sweep
