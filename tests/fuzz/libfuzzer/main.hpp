// libFuzzer's side of a target.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../targets.hpp"

// yaml-cpp is not instrumented: containers that cross into it cannot be tracked.
extern "C" inline const char* __asan_default_options() {
  return "detect_container_overflow=0";
}
