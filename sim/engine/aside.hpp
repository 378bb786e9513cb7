// Work beside the simulation, for threads of the run that have nothing else to do.
#pragma once

#include <functional>

namespace sojourn::engine {

// Threads that work on what this thread works on.
[[nodiscard]] int threads_at_work();

// Some thread does it some time, perhaps after all else is done: what has come to matter before, do yourself. `work`
// must not throw, and must own what it needs. With one thread only it would be one too many: not to be called then.
void do_aside(std::function<void()> work);

}  // namespace sojourn::engine
