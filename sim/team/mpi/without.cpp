// A build without MPI.
#include <algorithm>

#include "team/launch.hpp"
#include "team/team.hpp"

namespace sojourn::team {

bool has_mpi() {
  return false;
}

std::string mpi_name() {
  return "";
}

std::unique_ptr<Team> join() {
  return alone(std::max(1, usable_processors() / launched().on_host));
}

}  // namespace sojourn::team
