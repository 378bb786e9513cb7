#include <gtest/gtest.h>

#include "sweep/looks.hpp"

namespace sojourn::sweep {
namespace {

Resolve wanted(std::int64_t most, double error = 0.05) {
  Resolve made;
  made.most_patients = most;
  made.error = error;
  return made;
}

TEST(Looks, DoubleUpToTheMost) {
  std::vector<std::int64_t> sizes;
  for (const Look& one : looks_of(wanted(16500), 2000, 2)) sizes.push_back(one.patients);
  EXPECT_EQ(sizes, (std::vector<std::int64_t>{2000, 4000, 8000, 16000}));
  EXPECT_EQ(looks_of(wanted(16000), 2000, 2).size(), 4U);
  EXPECT_EQ(looks_of(wanted(15999), 2000, 2).size(), 3U);
  EXPECT_EQ(looks_of(wanted(std::int64_t{1} << 40), 1, 2).size(), 41U);
}

// The first spends half: 2.5% on both sides together, the quantile of 98.75%.
TEST(Looks, TheFirstSpendsHalfOfTheError) {
  EXPECT_NEAR(looks_of(wanted(8000), 2000, 2).front().confidence.z, 2.241402727604947, 1e-10);
  EXPECT_NEAR(looks_of(wanted(8000), 2000, 5).front().confidence.z, 2.734368786720, 1e-9);  // a quarter for each pair
}

TEST(Looks, StayWhenMoreAreAdded) {
  const auto few = looks_of(wanted(8000), 2000, 3), many = looks_of(wanted(256000), 2000, 3);
  for (std::size_t k = 0; k < few.size(); ++k) {
    EXPECT_EQ(few[k].confidence.z, many[k].confidence.z);
    EXPECT_EQ(few[k].confidence.tail, many[k].confidence.tail);
  }
}

}  // namespace
}  // namespace sojourn::sweep
