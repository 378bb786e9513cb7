// The processes that mpirun or srun started with this one, if they are to work together. Only commands that can be
// shared ask for them; MPI is not started before.
#pragma once

#include "team/team.hpp"

namespace sojourn::command {

void note_arguments(int argc, char** argv);  // in the beginning

// All processes call it. Throws InputError if they were started with different arguments.
[[nodiscard]] team::Team& crew();

// Whether this process is the one that shows results and progress; and what was thrown: that also if it is its own.
[[nodiscard]] bool speaks();
[[nodiscard]] bool tells_what_was_thrown();

// For `run`: several processes that cannot find each other would each do all of it. Throws InputError.
void refuse_crew_without_mpi();
// For sweeps, which they can share through the folder. Says so, once.
void tell_crew_without_mpi();

// The last call. Returns the exit code, the first process' in all.
[[nodiscard]] int leave_crew(int code, bool thrown);

}  // namespace sojourn::command
