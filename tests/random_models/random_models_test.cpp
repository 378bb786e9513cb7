// Random models under both engines: the same bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "random_models/coverage.hpp"
#include "random_models/lives.hpp"
#include "random_models/making.hpp"
#include "random_models/settings.hpp"

namespace sojourn::engine::testing {
namespace {

class Silent : public rc::detail::TestListener {
  void onTestCaseFinished(const rc::detail::CaseDescription&) override {}
  void onShrinkTried(const rc::detail::CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

// For other programs to live: FOLDER/7/model.yaml, and the files that it names beside it.
void write(const Draft& draft, int number) {
  const std::filesystem::path folder = std::filesystem::path(settings().folder) / std::to_string(number);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "model.yaml") << yaml(draft);
  for (const model::EmbeddedFile& file : draft.files) std::ofstream(folder / file.path) << file.content;
}

using Compare = std::string (*)(const World&, std::int32_t patients, Lived& seen);

// Every model is accepted by the reader and lived in the same way, bit by bit.
void check_models(int models, std::uint64_t seed, Compare compare, Coverage& coverage) {
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = models;
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = "random models";
  int number = 0;
  const auto property = rc::detail::toProperty([&] {
    const Draft draft = *random_model();
    if (!settings().folder.empty()) write(draft, ++number);
    const World world = world_of(draft);
    if (!world.refusal.empty()) RC_FAIL("the generator made a model that is refused: " + world.refusal);
    Lived seen;
    const std::string differs = compare(world, settings().patients, seen);
    if (!differs.empty()) RC_FAIL(differs);
    coverage.add(world, seen);
  });
  Silent silent;
  const rc::detail::TestResult result = rc::detail::checkProperty(property, metadata, params, silent);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

TEST(RandomModels, SameBytesQuickly) {
  Coverage coverage;
  check_models(200, settings().seed, compare_engines, coverage);
}

TEST(RandomModels, SameBytesAndEveryFeature) {
  Coverage coverage;
  check_models(settings().models, settings().seed + 1, compare_engines, coverage);
  if (HasFailure()) return;
  coverage.print(std::cout);
  EXPECT_THAT(coverage.rarer_than(0.05), ::testing::IsEmpty());
}

TEST(RandomModels, AnyOrderOfPatientsAndStrategies) {
  Coverage coverage;
  check_models(200, settings().seed + 2, compare_orders, coverage);
}

}  // namespace
}  // namespace sojourn::engine::testing
