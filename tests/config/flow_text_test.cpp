#include "config/flow_text.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sojourn::config {
namespace {

namespace fs = std::filesystem;

std::optional<Document> read(const std::string& text) {
  Diagnostics problems;
  return read_document("m.yaml", text, problems);
}

// A plain text that would be taken for something else in a line comes back in quotes: no number or boolean does.
bool same(const Node& a, const Node& b) {
  const bool needs_quotes = a.text.empty() || a.text.find_first_of(",[]{}:#&*!|>%@`?\"'\\\n") != std::string::npos;
  return a.kind == b.kind && (a.quoted == b.quoted || (b.quoted && needs_quotes)) && a.key == b.key &&
         a.text == b.text &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same);
}

void reads_back(const std::string& text, const std::string& of) {
  const auto first = read(text);
  if (!first) return;
  const std::string written = flow_text(first->root);
  const auto second = read(written);
  ASSERT_TRUE(second) << of << "\n" << written;
  EXPECT_TRUE(same(first->root, second->root)) << of << "\n" << written;
}

TEST(FlowText, IsShort) {
  EXPECT_EQ(flow_text(read("a: 1 year\nb: ['1', 'x ? y : z']\nc: {}\nd:\ne: [~]\nf: |\n  two\n  lines\n")->root),
            R"({"a": 1 year, "b": ["1", "x ? y : z"], "c": {}, "d": , "e": [~], "f": "two\x0alines\x0a"})");
}

TEST(FlowText, ReadsBackAsTheSame) {
  int files = 0;
  for (const char* folder : {"configs", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOJOURN_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << stream.rdbuf();
      reads_back(bytes.str(), entry.path().string());
      ++files;
    }
  }
  EXPECT_GT(files, 100);
  for (const char* text : {"- '~'\n- \"\"\n- -\n- '- a'\n- '---'\n- ' a '\n- \"\\t\\\\\\\"\\x01\"\n",
                           "'a: b': {'<': [[[]]]}", "- -1\n- --\n- 1e5\n- 'null'\n- é\n- .\n- ...\n- '...'\n"}) {
    reads_back(text, text);
  }
}

}  // namespace
}  // namespace sojourn::config
