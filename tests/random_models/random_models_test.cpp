// Random models under both engines: the same bytes.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>
#include <ctime>
#include <iostream>

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

// Every model is accepted by the reader and lived the same way by both engines.
void check_models(int models) {
  rc::detail::TestParams params;
  params.seed = settings().seed;
  params.maxSuccess = models;
  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = "random models";
  const auto property = rc::detail::toProperty([&] {
    const Draft draft = *random_model();
    const World world = world_of(draft);
    if (!world.refusal.empty()) RC_FAIL("the generator made a model that is refused: " + world.refusal);
    Lived seen;
    const auto begun = std::clock();
    struct Tell { std::clock_t b; const Draft& d; ~Tell() { double s = double(std::clock()-b)/CLOCKS_PER_SEC; if (s > 1) std::cout << s << " s:\n" << d << std::endl; } } tell{begun, draft};
    const std::string differs = compare_engines(world, settings().patients, seen);
    if (!differs.empty()) RC_FAIL(differs);
  });
  Silent silent;
  const rc::detail::TestResult result = rc::detail::checkProperty(property, metadata, params, silent);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

TEST(RandomModels, SameBytesQuickly) {
  check_models(200);
}

TEST(RandomModels, SameBytes) {
  check_models(settings().models);
}

}  // namespace
}  // namespace sojourn::engine::testing
