// Each tests/bad_config/NAME.yaml is refused with exactly the words of NAME.expected.
#include <filesystem>

#include "support.hpp"

namespace sojourn::model::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names() {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(source_dir + "/tests/bad_config")) {
    if (entry.path().extension() == ".yaml") found.push_back(entry.path().stem().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class BadConfig : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    before_ = fs::current_path();
    fs::current_path(source_dir + "/tests/bad_config");
  }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_;
};

TEST_P(BadConfig, SaysExactlyThis) {
  Diagnostics problems;
  EXPECT_FALSE(load(DiskSources(GetParam() + ".yaml"), {}, problems).has_value());
  EXPECT_FALSE(problems.ok());
  EXPECT_EQ(problems.text() + "\n", file_text(GetParam() + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(All, BadConfig, ::testing::ValuesIn(names()), [](const auto& one) { return one.param; });

TEST(BadConfigs, AreMany) {
  EXPECT_GE(names().size(), 80u);
}

}  // namespace
}  // namespace sojourn::model::testing
