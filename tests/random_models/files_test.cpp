// The models of configs/ and of the other tests under both engines: the same bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/batch_layout.hpp"
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

// Of what happens in the models that users begin with, 95% at least has its time from vectors: moves and events whose
// hazard does not have to be followed one life at a time.
TEST(ModelFiles, HappenInVectors) {
  for (const auto& file : model_files()) {
    if (file.find("/configs/") == std::string::npos) continue;
    const World world{model::DiskSources(file)};
    ASSERT_EQ(world.refusal, "") << file;
    EXPECT_EQ(not_in_batches(world.programs.front()), "") << file;
    const Lived lived = live(world.programs, {1, 500}, {});
    double all = 0, alone = 0;
    for (const auto& strategy : lived.block.strategies) {
      const auto note = [&](const std::vector<std::int16_t>& causes) {
        for (const std::int16_t cause : causes) {
          const auto& declarations = world.programs.front().declarations;
          const auto d = static_cast<std::size_t>(cause);
          all += cause >= 0 ? 1 : 0;
          alone += cause >= 0 && d < declarations.size() && declarations[d].inverse == program::Inverse::segments;
        }
      };
      note(strategy.sojourns.cause);
      note(strategy.events.event);
    }
    std::cout << file.substr(file.find("/configs/") + 1) << ": " << 100 * (1 - alone / all) << "% of " << all << "\n";
    EXPECT_LE(alone, 0.05 * all) << file;
  }
}

}  // namespace
}  // namespace sojourn::engine::testing
