// How independent pieces of work are done: by whom is the caller's choice, and does not show in what comes out.
#pragma once

#include <cstdint>
#include <functional>

namespace sojourn::trial {

// Calls the second with 0 .. first - 1, each once, in any order or at the same time.
using Each = std::function<void(std::int64_t, const std::function<void(std::int64_t)>&)>;

inline void one_by_one(std::int64_t count, const std::function<void(std::int64_t)>& work) {
  for (std::int64_t i = 0; i < count; ++i) work(i);
}

}  // namespace sojourn::trial
