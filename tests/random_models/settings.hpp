// What the command line of test_random_models says beside googletest's options (README.md).
#pragma once

#include <cstdint>
#include <string>

namespace sojourn::engine::testing {

struct Settings {
  int models = 2000;  // of the long test
  std::uint64_t seed = 1;
  std::int32_t patients = 130;  // a block of them is no multiple of a lane count
  std::string folder;           // where to write the models, if anywhere
};
[[nodiscard]] Settings& settings();

}  // namespace sojourn::engine::testing
