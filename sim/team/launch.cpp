#include "team/launch.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace sojourn::team {

namespace {

struct Said {
  std::string name;
  int value = 0;
};

// The first of the variables that holds a number; of `2(x3),1`, as Slurm writes tasks of nodes, the first.
std::optional<Said> number(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* const text = environment(name);
    if (text == nullptr) continue;
    const std::string_view view = text;
    int value = 0;
    if (std::from_chars(view.data(), view.data() + view.size(), value).ec == std::errc()) return Said{name, value};
  }
  return std::nullopt;
}

}  // namespace

Launch launch_of(const Environment& environment) {
  const auto rank = number(environment, {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"});
  if (!rank) return {};
  // PMIx itself does not say how many there are; whoever speaks it does.
  const auto size =
      number(environment, {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS", "SLURM_NPROCS"});
  const auto on_host = number(environment, {"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS",
                                            "SLURM_STEP_TASKS_PER_NODE", "SLURM_TASKS_PER_NODE"});
  Launch launch;
  launch.by_mpi = true;
  launch.rank = std::max(rank->value, 0);
  launch.size = std::max(size ? size->value : 1, 1);
  launch.on_host = std::clamp(on_host ? on_host->value : 1, 1, launch.size);
  launch.told = size ? size->name + "=" + std::to_string(size->value) : rank->name + "=" + std::to_string(rank->value);
  return launch;
}

const Launch& launched() {
  static const Launch launch = launch_of([](const char* name) { return std::getenv(name); });
  return launch;
}

}  // namespace sojourn::team
