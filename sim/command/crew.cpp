#include "command/crew.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "base/error.hpp"
#include "team/launch.hpp"

namespace sojourn::command {

namespace {

struct Crew {
  std::unique_ptr<team::Team> team;
  std::string arguments;
};

Crew& the_crew() {
  static Crew crew;
  return crew;
}

constexpr const char* how_to_build = "it was built without MPI (cmake -DSOJOURN_WITH_MPI=ON builds it with)";

}  // namespace

void note_arguments(int argc, char** argv) {
  std::string& all = the_crew().arguments;
  all = SOJOURN_VERSION;
  for (int i = 1; i < argc; ++i) all += '\0' + std::string(argv[i]);
}

team::Team& crew() {
  Crew& crew = the_crew();
  if (crew.team) return *crew.team;
  crew.team = team::join();
  const std::string of_first = crew.team->broadcast(crew.arguments);
  crew.team->agree([&] {
    if (of_first == crew.arguments) return;
    throw InputError(
        "the processes were started together but with different arguments, or are of different versions; to run them "
        "independently of each other start each by itself (srun: --mpi=none)");
  });
  return *crew.team;
}

bool speaks() {
  const Crew& crew = the_crew();
  return !crew.team || crew.team->first();
}

bool tells_what_was_thrown() {
  return speaks() || !the_crew().team->agreed();
}

void refuse_crew_without_mpi() {
  const team::Launch& launch = team::launched();
  if (team::has_mpi() || launch.size == 1) return;
  // The first one tells it and ends, upon which mpirun ends the others; srun may not.
  if (launch.rank != 0) std::this_thread::sleep_for(std::chrono::seconds(3));
  throw InputError("sojourn was started as one of " + std::to_string(launch.size) + " processes (" + launch.told +
                   "), but " + how_to_build +
                   ": each would do the whole run. Start one, which uses all processors by " +
                   "its threads; or unset the variable if these are runs of their own");
}

void tell_crew_without_mpi() {
  const team::Launch& launch = team::launched();
  if (team::has_mpi() || launch.size == 1 || launch.rank != 0) return;
  std::fprintf(stderr, "sojourn: one of %d processes (%s), but %s: they share the work through the folder\n",
               launch.size, launch.told.c_str(), how_to_build);
}

int leave_crew(int code, bool thrown) {
  Crew& crew = the_crew();
  if (!crew.team) return code;
  // One that fails by itself cannot wait for the others, nor they for it.
  if (thrown && !crew.team->agreed()) crew.team->abort(code);
  code = std::stoi(crew.team->broadcast(std::to_string(code)));
  crew.team->leave();
  return code;
}

}  // namespace sojourn::command
