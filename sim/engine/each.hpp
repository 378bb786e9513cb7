// Pieces of work that do not depend on each other, over oneTBB's threads.
#pragma once

#include <cstdint>
#include <functional>

namespace sojourn::engine {

// Calls `work` with 0 .. count - 1, each once, several at a time. Throws what one of them threw.
void for_each(std::int64_t count, int threads, const std::function<void(std::int64_t)>& work);

}  // namespace sojourn::engine
