// Runs a piece of a test in a child process: to be killed, limited, or given other rights.
#pragma once

#include <sys/types.h>

#include <functional>

namespace sojourn::store_test {

constexpr int not_permitted = 77;  // a child's exit code: this machine does not let the test set up its scene

[[nodiscard]] pid_t start_child(const std::function<int()>& work);  // exits with what `work` returns; 99: it threw
[[nodiscard]] int wait_for(pid_t child);                            // exit code, or -signal
[[nodiscard]] inline int run_child(const std::function<int()>& work) {
  return wait_for(start_child(work));
}

}  // namespace sojourn::store_test
