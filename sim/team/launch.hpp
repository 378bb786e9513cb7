// How this process was started: by itself, or as one of several by mpirun or srun. They tell it in the environment, so
// that a process that is alone need not ask MPI, which takes half a second.
#pragma once

#include <functional>
#include <string>

namespace sojourn::team {

struct Launch {
  bool by_mpi = false;  // the processes can find each other through MPI
  int rank = 0, size = 1;
  int on_host = 1;   // how many of them are on this host, as far as is said
  std::string told;  // "OMPI_COMM_WORLD_SIZE=4"; empty if nobody says so
};

using Environment = std::function<const char*(const char* name)>;

// Open MPI (mpirun; srun --mpi=pmix), MPICH and those after it (mpiexec; srun --mpi=pmi2).
[[nodiscard]] Launch launch_of(const Environment& environment);
[[nodiscard]] const Launch& launched();  // of this process

}  // namespace sojourn::team
