#include "command/version.hpp"

#include "store/schema.hpp"
#include "team/team.hpp"

namespace sojourn::command {

std::string version_name() {
  return "sojourn " SOJOURN_VERSION;
}

std::string version_text() {
  return version_name() + "\nmodel language 1, result schema " + std::to_string(store::schema_version) +
         "\nengine: reference (scalar)\ncompiler: g++ " __VERSION__ "\nMPI: " +
         (team::has_mpi() ? team::mpi_name() : "no (cmake -DSOJOURN_WITH_MPI=ON)");
}

}  // namespace sojourn::command
