#include "engine/each.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace sojourn::engine {

void for_each(std::int64_t count, int threads, const std::function<void(std::int64_t)>& work) {
  tbb::task_arena arena(threads);
  arena.execute([&] { tbb::parallel_for(std::int64_t{0}, count, work); });
}

}  // namespace sojourn::engine
