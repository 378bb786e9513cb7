// Compressed columns hold the same rows, have the same digest, and take the same bytes for any number of threads.
// Planted: a chunk marked as coded that is not, chunks written as they get done instead of as they came: each seen.
#include <gtest/gtest.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <random>

#include "fixture.hpp"
#include "store/chunk_code.hpp"
#include "store/reader.hpp"

namespace sojourn::store_test {
namespace {

using store::ChunkCode;
using store::Compression;

store::RunInput compressed(std::int64_t patients, Compression how) {
  store::RunInput input = small_input(patients);
  input.compression = how;
  return input;
}

template <class T>
std::vector<std::byte> bytes_of(const std::vector<T>& values) {
  std::vector<std::byte> bytes(values.size() * sizeof(T));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

TEST(Compression, holds_the_same_in_less_room) {
  const Folder folder;
  const std::string plain = folder.file("plain.h5");
  const std::string digest = write_result(plain, compressed(30'000, Compression::none), 512);
  std::uintmax_t room = std::filesystem::file_size(plain);
  for (const Compression how : {Compression::fast, Compression::small}) {
    const std::string path = folder.file("compressed.h5");
    EXPECT_EQ(write_result(path, compressed(30'000, how), 512), digest);
    EXPECT_LT(std::filesystem::file_size(path), room);
    room = std::filesystem::file_size(path);
    const store::Reader reader(path);
    EXPECT_EQ(reader.recomputed_digest(), digest);
    EXPECT_EQ(reader.input().compression, how);
    const model::Model model = small_model();
    const history::Block right = block_of(model, 20'001, 300), found = reader.block(20'001, 300);
    for (std::size_t s = 0; s < 2; ++s) {
      EXPECT_EQ(found.strategies[s].sojourns.state, right.strategies[s].sojourns.state);
      EXPECT_EQ(found.strategies[s].sojourns.start, right.strategies[s].sojourns.start);
      EXPECT_EQ(found.strategies[s].changes.value, right.strategies[s].changes.value);
      EXPECT_EQ(found.strategies[s].event_end, right.strategies[s].event_end);
    }
    EXPECT_EQ(found.baseline, right.baseline);
  }
}

TEST(Compression, takes_the_same_bytes_for_any_number_of_threads) {
  const Folder folder;
  const store::RunInput input = compressed(200'000, Compression::fast);
  const auto written = [&](int threads) {
    tbb::task_arena arena(threads);
    arena.execute([&] { write_result(folder.file("a.h5"), input, 512); });
    return read_bytes(folder.file("a.h5"));
  };
  const std::string alone = written(1);
  for (const int threads : {2, 4, 4}) EXPECT_TRUE(written(threads) == alone) << threads;
}

TEST(Compression, of_a_column_is_found_by_trying) {
  std::mt19937_64 dice(20261127);
  std::vector<std::int32_t> ids(4096);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::int32_t>(i / 5);
  std::vector<double> times(4096), random(4096);
  for (std::size_t i = 0; i < times.size(); ++i) {
    random[i] = static_cast<double>(dice()) * 0x1p-64;
    times[i] = i % 3 == 0 ? random[i] : 5.0;
  }
  const ChunkCode of_ids = best_code(bytes_of(ids), 4, Compression::fast);
  EXPECT_TRUE(of_ids.shuffle && of_ids.deflate);
  EXPECT_TRUE(best_code(bytes_of(times), 8, Compression::fast).deflate);
  EXPECT_FALSE(best_code(bytes_of(random), 8, Compression::fast).deflate);
  EXPECT_FALSE(best_code(bytes_of(ids), 4, Compression::none).deflate);

  const store::CodedChunk small = coded(bytes_of(ids), 4, of_ids, Compression::fast);
  EXPECT_EQ(small.left_out, 0U);
  EXPECT_LT(small.bytes.size(), ids.size());
  const store::CodedChunk kept = coded(bytes_of(random), 8, {false, true}, Compression::fast);
  EXPECT_EQ(kept.left_out, 3U);
  EXPECT_EQ(kept.bytes, bytes_of(random));
}

}  // namespace
}  // namespace sojourn::store_test
