// Stays as a multi-state model sees them, and counts of patients on a grid of times.
#include "export/moves.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "export/state_counts.hpp"

namespace sojourn::exports {
namespace {

struct Row {
  std::int16_t state, cause;
  double start, stop;
};

// Keeps the columns that a PatientHistory points into.
struct Life {
  explicit Life(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      state.push_back(row.state);
      cause.push_back(row.cause);
      start.push_back(row.start);
      stop.push_back(row.stop);
    }
  }
  [[nodiscard]] history::PatientHistory history() const {
    history::PatientHistory made;
    made.state = state;
    made.cause = cause;
    made.start = start;
    made.stop = stop;
    return made;
  }
  std::vector<std::int16_t> state, cause;
  std::vector<double> start, stop;
};

struct Found {
  std::vector<Stay> stays;
  std::vector<std::int64_t> passed = std::vector<std::int64_t>(5);
};

Found found(const std::vector<Row>& rows) {
  Found made;
  find_stays(Life(rows).history(), made.stays, &made.passed);
  return made;
}

void expect_stay(const Stay& stay, std::size_t state, double start, double stop, std::int32_t to) {
  EXPECT_EQ(stay.state, state);
  EXPECT_EQ(stay.start, start);
  EXPECT_EQ(stay.stop, stop);
  EXPECT_EQ(stay.to, to);
}

TEST(Moves, OneAfterTheOther) {
  const Found f = found({{0, 7, 0, 1}, {1, 8, 1, 3}, {2, -1, 3, 5}});
  ASSERT_EQ(f.stays.size(), 3u);
  expect_stay(f.stays[0], 0, 0, 1, 1);
  expect_stay(f.stays[1], 1, 1, 3, 2);
  expect_stay(f.stays[2], 2, 3, 5, -1);
  EXPECT_EQ(f.stays[1].cause, 8);
}

TEST(Moves, APassedStateIsLeftOutOfTheMove) {
  const Found f = found({{0, 7, 0, 1}, {1, 8, 1, 1}, {2, 9, 1, 1}, {3, -1, 1, 5}});
  ASSERT_EQ(f.stays.size(), 2u);
  expect_stay(f.stays[0], 0, 0, 1, 3);
  EXPECT_EQ(f.stays[0].cause, 7);
  expect_stay(f.stays[1], 3, 1, 5, -1);
  EXPECT_EQ(f.passed, (std::vector<std::int64_t>{0, 1, 1, 0, 0}));
}

TEST(Moves, FromTheStartOnAtOnce) {
  const Found f = found({{0, 7, 0, 0}, {1, 8, 0, 2}, {2, -1, 2, 5}});
  ASSERT_EQ(f.stays.size(), 2u);
  expect_stay(f.stays[0], 1, 0, 2, 2);
}

TEST(Moves, BackAtOnceIsNoMove) {
  const Found f = found({{0, 7, 0, 1}, {1, 8, 1, 1}, {0, -1, 1, 5}});
  ASSERT_EQ(f.stays.size(), 2u);
  expect_stay(f.stays[0], 0, 0, 1, -1);
  expect_stay(f.stays[1], 0, 1, 5, -1);
}

TEST(Moves, IntoTheLastStateAtTheHorizon) {
  const Found f = found({{0, 7, 0, 5}, {2, -1, 5, 5}});
  ASSERT_EQ(f.stays.size(), 1u);
  expect_stay(f.stays[0], 0, 0, 5, 2);
  EXPECT_EQ(f.passed, std::vector<std::int64_t>(5));
}

TEST(Moves, DeadAtTheStart) {
  const Found f = found({{0, 7, 0, 0}, {2, -1, 0, 5}});
  ASSERT_EQ(f.stays.size(), 1u);
  expect_stay(f.stays[0], 2, 0, 5, -1);
}

TEST(StateCounts, AStateIsLeftAtItsExitAndHeldAtTheHorizon) {
  StateCounts counts(1, 3, 1.0, {3, TimeUnit::month});
  counts.add(Life({{0, 7, 0, 0.25}, {1, 8, 0.25, 0.25}, {2, -1, 0.25, 1}}).history(), 0);
  counts.add(Life({{0, 7, 0, 0.3}, {1, -1, 0.3, 1}}).history(), 0);
  counts.add(Life({{0, 7, 0, 1}, {2, -1, 1, 1}}).history(), 0);
  EXPECT_EQ(counts.times(), (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(counts.patients(0), 3);
  EXPECT_EQ(counts.counts(0, 0), (std::vector<std::int64_t>{3, 2, 1, 1, 0}));
  EXPECT_EQ(counts.counts(0, 1), (std::vector<std::int64_t>{0, 0, 1, 1, 1}));
  EXPECT_EQ(counts.counts(0, 2), (std::vector<std::int64_t>{0, 1, 1, 1, 2}));
}

// Entry at a time of the grid counts there, a rounding below it at the next, whatever time / step rounds to.
TEST(StateCounts, TimesOfTheGridAreExact) {
  StateCounts counts(1, 2, 10.0, {1, TimeUnit::month});
  ASSERT_EQ(counts.times().size(), 121u);
  for (std::size_t i = 1; i < 120; ++i) {
    const double time = years_from(static_cast<double>(i), TimeUnit::month);
    StateCounts one(1, 2, 10.0, {1, TimeUnit::month});
    one.add(Life({{0, 7, 0, time}, {1, -1, time, 10}}).history(), 0);
    EXPECT_EQ(one.counts(0, 1)[i - 1], 0) << i;
    EXPECT_EQ(one.counts(0, 1)[i], 1) << i;
    const double after = std::nextafter(time, 11.0);
    StateCounts later(1, 2, 10.0, {1, TimeUnit::month});
    later.add(Life({{0, 7, 0, after}, {1, -1, after, 10}}).history(), 0);
    EXPECT_EQ(later.counts(0, 1)[i], 0) << i;
    EXPECT_EQ(later.counts(0, 1)[i + 1], 1) << i;
  }
}

TEST(StateCounts, Groups) {
  StateCounts counts(2, 2, 1.0, {1, TimeUnit::year});
  counts.add(Life({{0, -1, 0, 1}}).history(), 1);
  EXPECT_EQ(counts.patients(0), 0);
  EXPECT_EQ(counts.counts(0, 0), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(counts.counts(1, 0), (std::vector<std::int64_t>{1, 1}));
}

}  // namespace
}  // namespace sojourn::exports
