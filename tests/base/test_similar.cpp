#include <gtest/gtest.h>

#include <vector>

#include "base/similar.hpp"

namespace sojourn {
namespace {

TEST(Similar, Distance) {
  EXPECT_EQ(edit_distance("", "", 5), 0U);
  EXPECT_EQ(edit_distance("abc", "abc", 5), 0U);
  EXPECT_EQ(edit_distance("abc", "", 5), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3U);
  EXPECT_EQ(edit_distance("ab", "ba", 5), 1U);
  EXPECT_EQ(edit_distance("wiehgt", "weight", 5), 2U);
  EXPECT_EQ(edit_distance("ca", "abc", 5), 3U);  // optimal string alignment: no part is edited twice
}

TEST(Similar, DistanceStopsAtItsLimit) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 0), 1U);
  EXPECT_EQ(edit_distance("a", std::string(1000, 'a'), 4), 5U);
}

TEST(Similar, NearestWithinReason) {
  const std::vector<std::string> names = {"hazard_ratio", "time_ratio", "odds_ratio", "smr", "age", "Age2"};
  EXPECT_EQ(most_similar("hazard_ration", names), "hazard_ratio");
  EXPECT_EQ(most_similar("hazardratio", names), "hazard_ratio");
  EXPECT_EQ(most_similar("tmie_ratio", names), "time_ratio");
  EXPECT_EQ(most_similar("SMR", names), "smr");
  EXPECT_EQ(most_similar("agee", names), "age");
  EXPECT_EQ(most_similar("age2", names), "Age2");
  EXPECT_EQ(most_similar("smoking", names), std::nullopt);
  EXPECT_EQ(most_similar("x", names), std::nullopt);
  EXPECT_EQ(most_similar("", names), std::nullopt);
  EXPECT_EQ(most_similar(std::string(81, 'a'), names), std::nullopt);
  EXPECT_EQ(most_similar("age", std::vector<std::string>{}), std::nullopt);
}

TEST(Similar, OneLetterNamesAreNotAllAlike) {
  const std::vector<std::string> names = {"y", "xy"};
  EXPECT_EQ(most_similar("x", names), "xy");
  EXPECT_EQ(most_similar("z", std::vector<std::string>{"y"}), std::nullopt);
}

TEST(Similar, FirstOfEquallyNear) {
  EXPECT_EQ(most_similar("cat", std::vector<std::string>{"cot", "cut"}), "cot");
}

TEST(Similar, Sentence) {
  EXPECT_EQ(did_you_mean("agee", std::vector<std::string>{"age"}), "did you mean `age`?");
  EXPECT_EQ(did_you_mean("weight", std::vector<std::string>{"age"}), "");
}

TEST(Similar, LowerCase) {
  EXPECT_EQ(lower_case("aBZ_[\xc3\x89"), "abz_[\xc3\x89");
}

}  // namespace
}  // namespace sojourn
