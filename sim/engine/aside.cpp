#include "engine/aside.hpp"

#include <tbb/task_arena.h>

#include <utility>

namespace sojourn::engine {

int threads_at_work() {
  return tbb::this_task_arena::max_concurrency();
}

void do_aside(std::function<void()> work) {
  tbb::this_task_arena::enqueue(std::move(work));
}

}  // namespace sojourn::engine
