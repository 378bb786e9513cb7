// What is written comes back: input, histories, tables, texts with zero bytes, whatever was kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.hpp"
#include "fixture.hpp"
#include "store/reader.hpp"

namespace sojourn::store_test {
namespace {

using store::Keep;
using store::Reader;
using store::RunInput;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

void expect_equal(const history::Trajectories& a, const history::Trajectories& b) {
  EXPECT_EQ(a.sojourn_end, b.sojourn_end);
  EXPECT_EQ(a.event_end, b.event_end);
  EXPECT_EQ(a.change_end, b.change_end);
  EXPECT_EQ(a.sojourns.state, b.sojourns.state);
  EXPECT_EQ(a.sojourns.cause, b.sojourns.cause);
  EXPECT_EQ(a.sojourns.start, b.sojourns.start);
  EXPECT_EQ(a.sojourns.stop, b.sojourns.stop);
  EXPECT_EQ(a.events.event, b.events.event);
  EXPECT_EQ(a.events.time, b.events.time);
  EXPECT_EQ(a.changes.attribute, b.changes.attribute);
  EXPECT_EQ(a.changes.time, b.changes.time);
  EXPECT_EQ(a.changes.value, b.changes.value);
}

void expect_equal(const history::Block& a, const history::Block& b) {
  EXPECT_EQ(a.first_patient, b.first_patient);
  EXPECT_EQ(a.patients, b.patients);
  EXPECT_EQ(a.baseline, b.baseline);
  ASSERT_EQ(a.strategies.size(), b.strategies.size());
  for (std::size_t s = 0; s < a.strategies.size(); ++s) expect_equal(a.strategies[s], b.strategies[s]);
}

TEST(RoundTrip, Input) {
  const Folder folder;
  RunInput input = small_input(300);
  input.strategies = {"hsct_all", "observe"};
  input.policy = {Keep::first, 10, {StateId{2}, StateId{0}}};
  const model::Model model = small_model();
  store::Writer writer(folder.file("a.h5"), model, input);
  writer.append(block_of(model, 1, 300));
  const std::string digest = writer.finish();

  const Reader reader(folder.file("a.h5"));
  const RunInput& back = reader.input();
  EXPECT_EQ(back.model_name, input.model_name);
  EXPECT_EQ(back.model_text, input.model_text);
  ASSERT_EQ(back.files.size(), 2u);
  EXPECT_EQ(back.files[0].path, "tables/life.csv");
  EXPECT_EQ(back.files[0].content, input.files[0].content);
  EXPECT_EQ(back.files[1].content, "");
  EXPECT_EQ(back.overrides, input.overrides);
  EXPECT_EQ(back.patients, 300);
  EXPECT_EQ(back.seed, 4'000'000'000u);
  EXPECT_EQ(back.strategies, input.strategies);
  EXPECT_EQ(back.policy.keep, Keep::first);
  EXPECT_EQ(back.policy.first, 10);
  EXPECT_EQ(back.policy.states, input.policy.states);
  EXPECT_EQ(reader.title(), "A small pathway");
  EXPECT_EQ(reader.horizon(), 5);
  EXPECT_EQ(reader.digest(), digest);
  EXPECT_EQ(reader.recomputed_digest(), digest);
}

TEST(RoundTrip, HistoriesAcrossChunks) {
  for (const Baseline baseline : {Baseline::shared, Baseline::by_strategy}) {
    const Folder folder;
    write_result(folder.file("a.h5"), small_input(70'000), 512, baseline);
    const Reader reader(folder.file("a.h5"));
    const model::Model model = small_model();
    EXPECT_EQ(reader.patients_stored(), 70'000);
    expect_equal(reader.block(1, 70'000), block_of(model, 1, 70'000, baseline));
    expect_equal(reader.block(65'000, 2'000), block_of(model, 65'000, 2'000, baseline));
    expect_equal(reader.block(70'000, 1), block_of(model, 70'000, 1, baseline));
  }
}

TEST(RoundTrip, OnePatient) {
  const Folder folder;
  write_result(folder.file("a.h5"), small_input(1), 1);
  expect_equal(Reader(folder.file("a.h5")).block(1, 1), block_of(small_model(), 1, 1));
}

// A constant attribute takes no space, until a row differs from its initial value.
TEST(RoundTrip, ConstantAttributesAreNotStoredButRead) {
  const Folder folder;
  const model::Model model = small_model();
  history::Block block = block_of(model, 1, 1000);
  block.baseline[0][3 * 1000 + 999] = 2;  // grade of the last patient
  store::Writer writer(folder.file("a.h5"), model, small_input(1000));
  writer.append(block);
  (void)writer.finish();
  const Reader reader(folder.file("a.h5"));
  expect_equal(reader.block(1, 1000), block);
  EXPECT_EQ(reader.recomputed_digest(), reader.digest());
  for (const store::DatasetInfo& info : reader.datasets()) {
    if (info.path.ends_with("hsct_all/baseline/plan")) {
      EXPECT_EQ(info.stored_bytes, 0u);
    } else if (info.path.ends_with("hsct_all/baseline/grade")) {
      EXPECT_EQ(info.stored_bytes, 8192u);
    }
  }
}

TEST(RoundTrip, Tables) {
  const Folder folder;
  write_result(folder.file("a.h5"), small_input(10), 10);
  const Reader reader(folder.file("a.h5"));
  EXPECT_THAT(reader.tables(), ElementsAre("efs"));
  const Table table = reader.table("efs");
  EXPECT_EQ(table.description, "Event-free survival");
  ASSERT_EQ(table.columns.size(), 3u);
  EXPECT_EQ(table.columns[0].name, "strategy");
  EXPECT_EQ(std::get<std::vector<std::string>>(table.columns[0].values)[2], "größe");
  EXPECT_EQ(table.columns[1].unit, "years");
  EXPECT_EQ(std::get<std::vector<double>>(table.columns[1].values), (std::vector<double>{0.5, 1, 2}));
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(table.columns[2].values), (std::vector<std::int64_t>{10, 5, -1}));
  EXPECT_THROW((void)reader.table("os"), InputError);
}

TEST(Policy, None) {
  const Folder folder;
  RunInput input = small_input(500);
  input.policy.keep = Keep::none;
  write_result(folder.file("a.h5"), input, 100);
  const Reader reader(folder.file("a.h5"));
  EXPECT_EQ(reader.patients_stored(), 0);
  EXPECT_EQ(reader.trajectories(), "no trajectories");
  EXPECT_THAT(store::inspect(folder.file("a.h5")).text, HasSubstr("no trajectories"));
  EXPECT_THAT(reader.tables(), ElementsAre("efs"));
  EXPECT_THROW((void)reader.block(1, 1), InputError);
}

TEST(Policy, FirstCutsInsideABlock) {
  const Folder folder;
  RunInput input = small_input(500);
  input.policy = {Keep::first, 130, {}};
  write_result(folder.file("a.h5"), input, 100);
  const Reader reader(folder.file("a.h5"));
  EXPECT_EQ(reader.patients_stored(), 130);
  EXPECT_EQ(reader.trajectories(), "patients 1 to 130 of 500, all states");
  expect_equal(reader.block(1, 130), block_of(small_model(), 1, 130));
  EXPECT_THROW((void)reader.block(130, 2), InputError);
}

TEST(Policy, FirstMoreThanThereAreIsAll) {
  const Folder folder;
  RunInput input = small_input(50);
  input.policy = {Keep::first, 1000, {}};
  write_result(folder.file("a.h5"), input, 100);
  EXPECT_EQ(Reader(folder.file("a.h5")).patients_stored(), 50);
}

TEST(Policy, StatesDropOtherSojournsOnly) {
  const Folder folder;
  RunInput input = small_input(3000);
  input.policy.states = {StateId{1}};
  write_result(folder.file("a.h5"), input, 700);
  const Reader reader(folder.file("a.h5"));
  EXPECT_EQ(reader.trajectories(), "all patients, sojourns only in ill");
  const history::Block full = block_of(small_model(), 1, 3000), kept = reader.block(1, 3000);
  for (std::size_t s = 0; s < 2; ++s) {
    EXPECT_EQ(kept.strategies[s].events.time, full.strategies[s].events.time);
    EXPECT_EQ(kept.strategies[s].changes.value, full.strategies[s].changes.value);
    for (std::size_t p = 0; p < 3000; ++p) {
      const auto all = full.patient(s, p), some = kept.patient(s, p);
      std::vector<double> starts;
      for (std::size_t i = 0; i < all.state.size(); ++i) {
        if (all.state[i] == 1) starts.push_back(all.start[i]);
      }
      ASSERT_EQ(std::vector<double>(some.start.begin(), some.start.end()), starts);
      ASSERT_TRUE(std::all_of(some.state.begin(), some.state.end(), [](std::int16_t state) { return state == 1; }));
    }
  }
}

// Ids are 64-bit once the run has more patients than 32 bits can count.
TEST(WideIds, PatientIds) {
  const Folder folder;
  RunInput input = small_input(10);
  input.patients = 3'000'000'000;
  input.policy = {Keep::first, 10, {}};
  const model::Model model = small_model();
  store::Writer writer(folder.file("a.h5"), model, input);
  writer.append(block_of(model, 1, 10));
  (void)writer.finish();
  const Reader reader(folder.file("a.h5"));
  EXPECT_EQ(reader.input().patients, 3'000'000'000);
  expect_equal(reader.block(1, 10), block_of(model, 1, 10));
  int wide = 0;
  for (const store::DatasetInfo& info : reader.datasets()) {
    if (!info.path.ends_with("/patient_id")) continue;
    EXPECT_EQ(info.type, "int64");
    ++wide;
  }
  EXPECT_EQ(wide, 6);
}

TEST(WideIds, ManyStates) {
  const Folder folder;
  model::Model model = small_model();
  for (int i = 0; i < 200; ++i) {
    model.states.push_back(model.states[1]);
    model.states.back().name = "extra" + std::to_string(i);
  }
  history::Block block = block_of(model, 1, 10);
  for (auto& strategy : block.strategies) strategy.sojourns.state[0] = 202;
  store::Writer writer(folder.file("a.h5"), model, small_input(10));
  writer.append(block);
  (void)writer.finish();
  expect_equal(Reader(folder.file("a.h5")).block(1, 10), block);
}

TEST(Order, BlocksOutOfOrderAreRefused) {
  const Folder folder;
  const model::Model model = small_model();
  store::Writer writer(folder.file("a.h5"), model, small_input(100));
  writer.append(block_of(model, 1, 10));
  EXPECT_THROW(writer.append(block_of(model, 12, 10)), std::logic_error);
  EXPECT_FALSE(std::filesystem::exists(part_of(folder.file("a.h5"))));
}

TEST(Order, MissingPatientsAreRefused) {
  const Folder folder;
  const model::Model model = small_model();
  store::Writer writer(folder.file("a.h5"), model, small_input(100));
  writer.append(block_of(model, 1, 99));
  EXPECT_THROW((void)writer.finish(), std::logic_error);
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
}

TEST(Order, UnknownStrategyIsRefused) {
  const Folder folder;
  RunInput input = small_input(10);
  input.strategies = {"hsct_some"};
  const model::Model model = small_model();
  EXPECT_THROW(store::Writer(folder.file("a.h5"), model, input), InputError);
  EXPECT_FALSE(std::filesystem::exists(part_of(folder.file("a.h5"))));
}

}  // namespace
}  // namespace sojourn::store_test
