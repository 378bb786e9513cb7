// What the fuzzers have found, and what they begin with, again: each is answered, soon, without a crash.
#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "targets.hpp"

namespace sojourn::fuzz {
namespace {

namespace fs = std::filesystem;

#ifdef NDEBUG
constexpr double patience = 2;  // [s] of the processor
#else                           // watched by sanitizers
constexpr double patience = 20;
#endif

// How many there were.
int replay(const std::string& target, void (*run)(std::string_view)) {
  int files = 0;
  for (const char* kind : {"corpus", "findings"}) {
    const fs::path folder = fs::path(SOJOURN_SOURCE_DIR) / "tests/fuzz" / kind / target;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream stream(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << stream.rdbuf();
      const std::clock_t start = std::clock();
      run(bytes.str());
      EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, patience) << entry.path();
      ++files;
    }
  }
  return files;
}

TEST(Replay, Models) {
  EXPECT_GT(replay("model", read_model), 1);
}
TEST(Replay, Expressions) {
  EXPECT_GT(replay("expression", read_expression), 10);
}
TEST(Replay, Tables) {
  EXPECT_GT(replay("table", read_table), 1);
}

}  // namespace
}  // namespace sojourn::fuzz
