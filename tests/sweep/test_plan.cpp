// How a sweep is cut into shards, and stored sums.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/error.hpp"
#include "pieces.hpp"
#include "sweep/plan.hpp"
#include "sweep/shard_file.hpp"

namespace sojourn::sweep {
namespace {

// Every patient of every scenario is in one shard, of sizes that come near to what is wanted, whatever the numbers.
TEST(Shards, HoldEveryPatientOfEveryScenarioOnce) {
  for (const std::int64_t patients : {1, 511, 512, 513, 2000, 100'000, 3'000'001}) {
    for (const std::size_t scenarios : {1UL, 2UL, 7UL, 500UL}) {
      for (const std::int64_t lives : {1000, 20'000, 1'000'000}) {
        Stage stage{{11, patients}, 3, lives, std::vector<ScenarioKey>(scenarios), 0};
        std::map<std::size_t, std::set<std::pair<std::int64_t, std::int64_t>>> ranges;
        for (std::size_t i = 0; i < stage.shards(); ++i) {
          const Shard shard = stage.shard(i);
          for (std::size_t k = 0; k < shard.scenarios; ++k) {
            EXPECT_TRUE(ranges[shard.first + k].emplace(shard.patients.first, shard.patients.count).second);
          }
        }
        ASSERT_EQ(ranges.size(), scenarios);
        for (const auto& [scenario, parts] : ranges) {
          std::int64_t next = 11;
          for (const auto& [first, count] : parts) {
            EXPECT_EQ(first, next);
            EXPECT_GT(count, 0);
            next += count;
          }
          EXPECT_EQ(next, 11 + patients);
        }
      }
    }
  }
}

TEST(Shards, AreOfABoundedNumber) {
  const Stage many{{1, 2000}, 5, 1000, std::vector<ScenarioKey>(1'000'000), 0};
  EXPECT_LE(many.shards(), 4096U);
  const Stage large{{1, std::int64_t{1} << 40}, 5, 1'000'000, {1}, 0};
  EXPECT_LE(large.shards(), 4096U);
}

// What is done for a scenario's figures counts as lives, so that no shard takes much longer than others; it is done
// once for a scenario, which is cut no finer for it.
TEST(Shards, CountTheLivesForFigures) {
  const std::vector<ScenarioKey> ten(10);
  EXPECT_EQ((Stage{{1, 1000}, 3, 30'000, ten, 0}.shards()), 1U);
  EXPECT_EQ((Stage{{1, 1000}, 3, 30'000, ten, 12'000}.shards()), 5U);
  const Stage dear{{1, 1000}, 3, 30'000, ten, 1'000'000};
  EXPECT_EQ(dear.shards(), 10U);
  EXPECT_EQ(dear.shard(3).patients, (engine::PatientRange{1, 1000}));
  EXPECT_LE((Stage{{1, 1000}, 3, 30'000, std::vector<ScenarioKey>(100'000), 1'000'000}.shards()), 4096U);
}

TEST(Plans, GrowByWhatIsMissing) {
  const auto before = scenarios_of("axes: {h: {parameter: hr, values: [0.2, 0.4]}}\n");
  const auto after = scenarios_of("axes: {h: {parameter: hr, values: [0.3, 0.4, 0.2]}}\n");
  Plan plan;
  plan.extend(before, 1000, 3);
  ASSERT_EQ(plan.stages.size(), 1U);
  plan.extend(after, 1500, 3);
  ASSERT_EQ(plan.stages.size(), 3U);
  EXPECT_EQ(plan.stages[1].patients, (engine::PatientRange{1001, 500}));
  EXPECT_EQ(plan.stages[1].scenarios, (std::vector<ScenarioKey>{after.id(1), after.id(2)}));
  EXPECT_EQ(plan.stages[2].patients, (engine::PatientRange{1, 1500}));
  EXPECT_EQ(plan.stages[2].scenarios, (std::vector<ScenarioKey>{after.id(0)}));
  EXPECT_EQ(plan.lives(), 3 * 1500 * 3);
  plan.extend(after, 1500, 3);
  EXPECT_EQ(plan.stages.size(), 3U);
  EXPECT_THROW(plan.extend(after, 1400, 3), InputError);
  EXPECT_THROW(plan.extend(before, 1500, 3), InputError);
}

ShardContent content() {
  return {"basis",
          {513, 1000},
          {{0x0123456789abcdefU, false, std::string("\0sums", 5), "found"}, {7, true, "why it failed", ""}}};
}

TEST(ShardFiles, ComeBackAsTheyWere) {
  const ShardContent read = read_shard(shard_bytes(content()));
  EXPECT_EQ(read.basis, "basis");
  EXPECT_EQ(read.patients, (engine::PatientRange{513, 1000}));
  ASSERT_EQ(read.entries.size(), 2U);
  EXPECT_EQ(read.entries[0].id, 0x0123456789abcdefU);
  EXPECT_EQ(read.entries[0].bytes, std::string("\0sums", 5));
  EXPECT_EQ(shard_bytes(content()).substr(read.entries[0].offset, 5), std::string("\0sums", 5));
  EXPECT_EQ(read.entries[0].solution, "found");
  EXPECT_TRUE(read.entries[1].failed);
}

TEST(ShardFiles, AnyChangedBitAndAnyMissingEndIsSeen) {
  const std::string bytes = shard_bytes(content());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_THROW((void)read_shard(bytes.substr(0, i)), RunError) << i;
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_THROW((void)read_shard(changed), RunError) << i << " " << bit;
    }
  }
  EXPECT_THROW((void)read_shard(bytes + "x"), RunError);
}

}  // namespace
}  // namespace sojourn::sweep
