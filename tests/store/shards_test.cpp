// A result in several files is the one in one file: the same rows, the same digest. What is missing is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/error.hpp"
#include "fixture.hpp"
#include "store/reader.hpp"
#include "store/shard_leftovers.hpp"
#include "store/sharded_result.hpp"

namespace sojourn::store_test {
namespace {

namespace fs = std::filesystem;
using store::Patients;
using store::Reader;
using store::ShardFile;
using store::ShardFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::int64_t all_patients = 1000;

// Patients 1-300, 301-301, 302-1000: shards of very different size.
const std::vector<Patients> cuts = {{1, 300}, {301, 1}, {302, 699}};

std::vector<ShardFile> write_shards(const ShardFolder& folder, const store::RunInput& input, Baseline baseline) {
  folder.make();
  const model::Model model = small_model();
  std::vector<ShardFile> shards;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    store::ShardWriter writer(folder, static_cast<std::int64_t>(i), model, input, cuts[i]);
    for (std::int64_t first = cuts[i].first; first < cuts[i].first + cuts[i].count; first += 128) {
      const std::int64_t left = cuts[i].first + cuts[i].count - first;
      writer.append(block_of(model, first, static_cast<std::int32_t>(std::min<std::int64_t>(left, 128)), baseline));
    }
    shards.push_back(writer.finish());
  }
  return shards;
}

std::string write_sharded(const std::string& path, const store::RunInput& input, Baseline baseline) {
  const ShardFolder folder(path);
  const store::ShardLeftovers leftovers(path);
  const model::Model model = small_model();
  store::ShardedResult result(path, model, input);
  const std::vector<ShardFile> shards = write_shards(folder, input, baseline);
  std::vector<std::string> hashes;
  for (const std::string& column : store::columns_in_shards(folder.path(shards[0]))) {
    hashes.push_back(store::hash_of_column(folder, shards, column));
  }
  result.join(folder, shards, hashes);
  result.write_table(small_table());
  std::string digest = result.finish();
  leftovers.remove();
  return digest;
}

class Shards : public ::testing::TestWithParam<Baseline> {};

TEST_P(Shards, HaveTheDigestAndTheLivesOfOneFile) {
  const Folder folder;
  const store::RunInput input = small_input(all_patients);
  const std::string one = write_result(folder.file("one.h5"), input, 512, GetParam());
  EXPECT_EQ(write_sharded(folder.file("several.h5"), input, GetParam()), one);
  const Reader whole(folder.file("one.h5")), several(folder.file("several.h5"));
  EXPECT_EQ(several.digest(), one);
  EXPECT_EQ(several.recomputed_digest(), one);
  for (const auto& [first, count] : std::vector<std::pair<std::int64_t, std::int32_t>>{
           {1, 300}, {1, 1000}, {299, 2}, {300, 3}, {301, 1}, {302, 100}, {250, 500}}) {
    const history::Block expected = whole.block(first, count), found = several.block(first, count);
    EXPECT_EQ(found.first_patient, first);
    EXPECT_EQ(found.patients, count);
    EXPECT_EQ(found.baseline, expected.baseline) << first << " " << count;
    for (std::size_t s = 0; s < expected.strategies.size(); ++s) {
      const history::Trajectories &a = expected.strategies[s], &b = found.strategies[s];
      EXPECT_EQ(a.sojourn_end, b.sojourn_end);
      EXPECT_EQ(a.event_end, b.event_end);
      EXPECT_EQ(a.change_end, b.change_end);
      EXPECT_EQ(a.sojourns.state, b.sojourns.state);
      EXPECT_EQ(a.sojourns.stop, b.sojourns.stop);
      EXPECT_EQ(a.events.time, b.events.time);
      EXPECT_EQ(a.changes.value, b.changes.value);
      EXPECT_EQ(several.block(s, first, count).strategies.at(0).sojourns.stop, a.sojourns.stop);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Baselines, Shards, ::testing::Values(Baseline::shared, Baseline::by_strategy));

TEST(ShardFiles, AreNamedWhenMissingOrOthers) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  (void)write_sharded(path, small_input(all_patients), Baseline::shared);
  const std::vector<ShardFile> shards = Reader(path).shards();
  ASSERT_EQ(shards.size(), cuts.size());
  const auto complaint = [&] {
    try {
      (void)Reader(path).block(1, 1);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(complaint(), "");
  const std::string name = folder.file(shards[1].name), aside = folder.file("aside");
  fs::rename(name, aside);
  EXPECT_THAT(complaint(), HasSubstr(shards[1].name + " is missing"));
  EXPECT_NO_THROW((void)Reader(path).input());  // which is how it is made again
  fs::create_directory(name);
  EXPECT_THAT(complaint(), HasSubstr(shards[1].name + " cannot be read"));
  fs::remove(name);
  std::ofstream(name) << "short";
  EXPECT_THAT(complaint(), HasSubstr(shards[1].name + " has 5 bytes instead of "));
  fs::copy_file(aside, name, fs::copy_options::overwrite_existing);
  EXPECT_EQ(complaint(), "");
}

TEST(ShardFiles, DamageInsideIsFoundByTheirDigest) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  (void)write_sharded(path, small_input(all_patients), Baseline::shared);
  const Reader reader(path);
  EXPECT_THAT(reader.damaged_shards(), IsEmpty());
  const ShardFile last = reader.shards().back();
  std::fstream file(folder.file(last.name), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(last.bytes / 2);
  const char byte = static_cast<char>(~file.peek());
  file.seekp(last.bytes / 2);
  file.put(byte);
  file.close();
  EXPECT_NE(Reader(path).recomputed_digest(), reader.digest());
  EXPECT_EQ(Reader(path).damaged_shards(), std::vector<std::string>{last.name});
}

TEST(ShardFiles, OfAnEarlierResultStayUntilItIsReplaced) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  store::RunInput input = small_input(all_patients);
  (void)write_sharded(path, input, Baseline::shared);
  const std::string before = Reader(path).digest();
  {
    const model::Model model = small_model();
    const ShardFolder shards(path);
    store::ShardedResult abandoned(path, model, input);
    (void)write_shards(shards, input, Baseline::by_strategy);  // other bytes under other names
    std::ofstream(shards.path() + "/.0007.h5.part") << "of a run that was killed";
    std::ofstream(shards.path() + "/mine.txt") << "of somebody else";
    store::ShardLeftovers(path).remove();  // while it is held nobody else removes what is being made
    EXPECT_TRUE(fs::exists(shards.path() + "/.0007.h5.part"));
  }
  store::ShardLeftovers(path).remove();
  EXPECT_EQ(Reader(path).recomputed_digest(), before);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder.file("a.h5.shards"))) left.insert(entry.path().filename());
  EXPECT_EQ(left.size(), cuts.size() + 1);
  EXPECT_TRUE(left.contains("mine.txt"));
  input.seed = 9;
  (void)write_sharded(path, input, Baseline::by_strategy);
  EXPECT_NO_THROW((void)Reader(path).block(1, 1000));
}

TEST(ShardPlan, CutsAllPatientsIntoFewPiecesThatDependOnNothingElse) {
  for (const std::int64_t patients : {1LL, 511LL, 512LL, 513LL, 40'000LL, 1'000'000LL, 123'456'789LL, 1LL << 40}) {
    for (const std::size_t strategies : {1UL, 3UL, 200UL}) {
      const store::ShardPlan plan(patients, strategies);
      std::int64_t next = 1;
      for (std::int64_t i = 0; i < plan.count(); ++i) {
        const Patients some = plan.patients(i);
        EXPECT_EQ(some.first, next);
        EXPECT_GT(some.count, 0);
        next += some.count;
        if (next <= patients) {
          EXPECT_EQ(some.count % 512, 0);
        }
      }
      EXPECT_EQ(next, patients + 1);
      EXPECT_LE(plan.count(), 512);
      if (patients * static_cast<std::int64_t>(strategies) > 64 << 15) {
        EXPECT_GE(plan.count(), 30);
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::store_test
