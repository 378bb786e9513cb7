// The models of configs/ and of the other tests under both engines: the same bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "random_models/lives.hpp"

namespace sojourn::engine::testing {
namespace {

namespace fs = std::filesystem;

// Files that are models by themselves, not parts of some or sweeps.
std::vector<std::string> model_files() {
  std::vector<std::string> found;
  for (const char* folder : {"configs", "tests/data/models", "tests/schema/models"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOJOURN_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      if (("\n" + text).find("\nsojourn: 1") != std::string::npos) found.push_back(entry.path().string());
    }
  }
  std::ranges::sort(found);
  return found;
}

TEST(ModelFiles, SameBytes) {
  const auto files = model_files();
  EXPECT_GT(files.size(), 25U);
  for (const auto& file : files) {
    const World world{model::DiskSources(file)};
    ASSERT_EQ(world.refusal, "") << file;
    Lived seen;
    EXPECT_EQ(compare_engines(world, 500, seen), "") << file;
    EXPECT_EQ(seen.error, "") << file;
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
