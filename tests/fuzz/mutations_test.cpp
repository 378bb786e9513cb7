// Every value of the small models, good and bad, in turn replaced by a value of each other kind, left out, or put under
// its neighbour's key: it is answered. What fuzzers find of this sort they find by chance.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "config/flow_text.hpp"
#include "targets.hpp"

namespace sojourn::fuzz {
namespace {

namespace fs = std::filesystem;
using config::Node;

constexpr std::uintmax_t largest = 12000;  // [bytes] of a model
#ifdef NDEBUG
constexpr std::size_t thinned = 1;
#else
constexpr std::size_t thinned = 17;  // watched by sanitizers, which take their time
#endif

std::optional<config::Document> read(const std::string& name, const std::string& text) {
  Diagnostics problems;
  return config::read_document(name, text, problems);
}

std::vector<Node> others() {
  return read("others", "[~, [], {}, [x], {x: 1}, x, -1]")->root.children;
}

// Calls `each` for every document that comes of another value in the place of one below `node`.
void change_below(Node& node, const std::function<void()>& each) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    Node own = std::move(node.children[i]);
    for (const Node& other : others()) {
      node.children[i] = other;
      node.children[i].key = own.key;
      each();
    }
    node.children[i] = own;
    node.children[i].key = node.children[(i + 1) % node.children.size()].key;
    each();
    const auto place = [&] { return node.children.begin() + static_cast<std::ptrdiff_t>(i); };
    node.children.erase(place());
    each();
    change_below(*node.children.insert(place(), std::move(own)), each);
  }
}

// How many models came of those in the folder; one in `every` is read.
std::size_t mutate(const char* folder, std::size_t every = 1) {
  std::size_t models = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(SOJOURN_SOURCE_DIR) / folder)) {
    const bool model = entry.path().extension() == ".yaml" || !entry.path().has_extension();
    if (!model || !entry.is_regular_file() || entry.file_size() > largest) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    auto document = read(entry.path().filename().string(), bytes.str());
    if (!document) continue;
    change_below(document->root, [&] {
      if (++models % (every * thinned) == 0) read_model(config::flow_text(document->root));
    });
  }
  return models;
}

TEST(Mutations, OfBadModels) {
  EXPECT_GT(mutate("tests/bad_config"), 10000u);
}
TEST(Mutations, OfGoodModels) {
  EXPECT_GT(mutate("tests/data/models"), 1000u);
}
TEST(Mutations, OfEveryKey) {
  EXPECT_GT(mutate("tests/schema/models", 5), 1000u);
}
TEST(Mutations, OfFindings) {
  EXPECT_GT(mutate("tests/fuzz/findings/model"), 100u);
}

}  // namespace
}  // namespace sojourn::fuzz
