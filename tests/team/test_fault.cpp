// What one process throws is what all throw; of several, which.
#include <gtest/gtest.h>

#include <new>

#include "base/error.hpp"
#include "engine/run.hpp"
#include "team/fault.hpp"
#include "team/team.hpp"

namespace sojourn::team {
namespace {

template <class Thrown>
Fault sent(const Thrown& thrown, std::int64_t item = 0) {
  return Fault::read(Fault::of(std::make_exception_ptr(thrown), item).bytes());
}

TEST(Fault, ArrivesAsItWas) {
  EXPECT_NO_THROW(Fault::read(Fault::of(nullptr, 3).bytes()).raise());
  EXPECT_FALSE(Fault::read(Fault::of(nullptr, 3).bytes()));
  EXPECT_THROW(sent(InputError("x")).raise(), InputError);
  EXPECT_THROW(sent(engine::Stopped()).raise(), engine::Stopped);
  EXPECT_THROW(sent(std::bad_alloc()).raise(), std::bad_alloc);
  EXPECT_THROW(sent(std::runtime_error("x")).raise(), std::runtime_error);
  try {
    sent(RunError("the disk is full"), 7).raise();
    FAIL();
  } catch (const RunError& error) {
    EXPECT_STREQ(error.what(), "the disk is full");
  }
}

TEST(Fault, TheEarliestItemIsTold) {
  const Fault none, early = sent(InputError("a"), 2), late = sent(RunError("b"), 5), stopped = sent(engine::Stopped());
  EXPECT_TRUE(early.before(late));
  EXPECT_FALSE(late.before(early));
  EXPECT_TRUE(late.before(none));
  EXPECT_FALSE(none.before(late));
  EXPECT_FALSE(none.before(none));
  EXPECT_TRUE(late.before(stopped));  // a mistake rather than that somebody was stopped
  EXPECT_FALSE(stopped.before(late));
}

TEST(Alone, DoesEachItemOnceInOrder) {
  const auto team = alone(3);
  EXPECT_EQ(team->processors(), 3);
  std::vector<std::int64_t> items, told;
  team->share(
      4, [&](std::int64_t done) { told.push_back(done); },
      [&](Items& from) {
        while (const auto item = from.next()) {
          items.push_back(*item);
          from.progress(10 * *item);
        }
      });
  EXPECT_EQ(items, (std::vector<std::int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(told, (std::vector<std::int64_t>{0, 10, 20, 30}));
  EXPECT_EQ(team->gather("x"), std::vector<std::string>{"x"});
  EXPECT_EQ(team->broadcast("x"), "x");
  EXPECT_THROW(team->agree([] { throw InputError("x"); }), InputError);
}

}  // namespace
}  // namespace sojourn::team
