#include "command/version.hpp"

#include "engine/choice.hpp"
#include "store/schema.hpp"
#include "team/team.hpp"

namespace sojourn::command {

std::string version_name() {
  return "sojourn " SOJOURN_VERSION;
}

namespace {

// batched in avx512 (also avx2, sse2), and reference
std::string engines() {
  const engine::Isa best = engine::best_isa();
  std::string others;
  for (const engine::Isa isa : engine::every_isa) {
    if (isa < best) others += (others.empty() ? " (also " : ", ") + std::string(engine::name_of(isa));
  }
  return "batched in " + std::string(engine::name_of(best)) + others + (others.empty() ? "" : ")") + ", and reference";
}

}  // namespace

std::string version_text() {
  return version_name() + "\nmodel language 1, result schema " + std::to_string(store::schema_version) +
         "\nengine: " + engines() + "\ncompiler: g++ " __VERSION__ "\nMPI: " +
         (team::has_mpi() ? team::mpi_name() : "no (cmake -DSOJOURN_WITH_MPI=ON)");
}

}  // namespace sojourn::command
