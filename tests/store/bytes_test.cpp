// Equal inputs give equal bytes, and nothing in a file depends on the clock, the folder or how patients were cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "fixture.hpp"
#include "store/digest.hpp"
#include "store/reader.hpp"

namespace sojourn::store_test {
namespace {

// Primes, one, all at once; small enough chunks (256 rows) that every table fills many of them.
TEST(SameBytes, ForAnyCutIntoBlocks) {
  for (const Baseline baseline : {Baseline::shared, Baseline::by_strategy}) {
    const Folder folder;
    store::RunInput input = small_input(5000);
    input.policy = {store::Keep::first, 250, {}};
    for (const bool small_chunks : {true, false}) {
      if (!small_chunks) input.policy = {};
      write_result(folder.file("whole.h5"), input, 5000, baseline);
      const std::string whole = read_bytes(folder.file("whole.h5"));
      for (const std::int32_t size : {1, 7, 333, 512, 4999}) {
        write_result(folder.file("cut.h5"), input, size, baseline);
        EXPECT_TRUE(read_bytes(folder.file("cut.h5")) == whole) << size;
      }
    }
  }
}

TEST(SameBytes, ForManyChunks) {
  const Folder folder;
  const store::RunInput input = small_input(200'000);
  write_result(folder.file("a.h5"), input, 512);
  write_result(folder.file("b.h5"), input, 30'011);
  EXPECT_TRUE(read_bytes(folder.file("a.h5")) == read_bytes(folder.file("b.h5")));
}

TEST(SameBytes, SecondsApartAndInAnotherFolder) {
  const Folder one, two;
  const std::string digest = write_result(one.file("a.h5"), small_input(1000), 100);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  EXPECT_EQ(write_result(two.file("another_name.h5"), small_input(1000), 100), digest);
  EXPECT_TRUE(read_bytes(one.file("a.h5")) == read_bytes(two.file("another_name.h5")));
}

TEST(SameBytes, OverAnEarlierResult) {
  const Folder folder;
  write_result(folder.file("a.h5"), small_input(1000), 100);
  const std::string first = read_bytes(folder.file("a.h5"));
  write_result(folder.file("a.h5"), small_input(9000), 100);
  EXPECT_FALSE(read_bytes(folder.file("a.h5")) == first);
  write_result(folder.file("a.h5"), small_input(1000), 100);
  EXPECT_TRUE(read_bytes(folder.file("a.h5")) == first);
}

// Of a column of 1,000 small patients in chunks of 1,024 rows, the rows after the last are zero in the file.
TEST(SameBytes, TailOfTheLastChunkIsZero) {
  const Folder folder;
  write_result(folder.file("a.h5"), small_input(1000), 100);
  const std::string bytes = read_bytes(folder.file("a.h5"));
  const hid_t file = H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  for (const char* name : {"time_stop", "time_start"}) {
    const std::string path = std::string("/strategies/observe/sojourns/") + name;
    const hid_t dataset = H5Dopen2(file, path.c_str(), H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    const auto rows = static_cast<hsize_t>(H5Sget_simple_extent_npoints(space));
    hsize_t chunk = 0;
    const hid_t properties = H5Dget_create_plist(dataset);
    H5Pget_chunk(properties, 1, &chunk);
    ASSERT_NE(rows % chunk, 0u);
    hsize_t offset = rows / chunk * chunk, size = 0;
    haddr_t address = 0;
    unsigned mask = 0;
    ASSERT_GE(H5Dget_chunk_info_by_coord(dataset, &offset, &mask, &address, &size), 0);
    ASSERT_EQ(size, chunk * 8);
    const std::string tail = bytes.substr(address + rows % chunk * 8, size - rows % chunk * 8);
    EXPECT_EQ(tail, std::string(tail.size(), '\0'));
    H5Pclose(properties);
    H5Sclose(space);
    H5Dclose(dataset);
  }
  H5Fclose(file);
}

TEST(Digest, IsTheHashOfTheManifest) {
  store::ColumnHash empty;
  EXPECT_EQ(empty.hex(), "99aa06d3014798d86001c324468d497f");  // XXH3-128 of nothing, as xxhsum -H2 prints it
  store::ColumnHash hash;
  hash.add("abc", 3);
  EXPECT_EQ(hash.hex(), "06b05ab6733a618578af5f94892f3950");
  store::Manifest forward, backward;
  forward.add("/a", "int8", 3, hash);
  forward.add("/b", "int8", 0, empty);
  backward.add("/b", "int8", 0, empty);
  backward.add("/a", "int8", 3, hash);
  EXPECT_EQ(forward.digest(), backward.digest());
  EXPECT_TRUE(forward.digest().starts_with("xxh3-128:"));
}

TEST(Digest, DoesNotDependOnChunksOrHdf5) {
  const Folder folder;
  const std::string digest = write_result(folder.file("a.h5"), small_input(3000), 500);
  const std::string command =
      "h5repack -f GZIP=1 -l CHUNK=100 '" + folder.file("a.h5") + "' '" + folder.file("b.h5") + "' >/dev/null 2>&1";
  ASSERT_EQ(std::system("h5repack --version >/dev/null 2>&1"), 0) << "h5repack is not installed";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_FALSE(read_bytes(folder.file("a.h5")) == read_bytes(folder.file("b.h5")));
  const store::Reader reader(folder.file("b.h5"));
  EXPECT_EQ(reader.digest(), digest);
  EXPECT_EQ(reader.recomputed_digest(), digest);
}

TEST(Digest, ChangesWithEveryInput) {
  const Folder folder;
  std::vector<std::string> digests;
  const auto write = [&](auto change) {
    store::RunInput input = small_input(50);
    change(input);
    digests.push_back(write_result(folder.file("a.h5"), input, 50));
  };
  write([](store::RunInput&) {});
  write([](store::RunInput& input) { input.seed = 7; });
  write([](store::RunInput& input) { input.patients = 51; });
  write([](store::RunInput& input) { input.model_text += " "; });
  write([](store::RunInput& input) { input.files[1].content = "x"; });
  write([](store::RunInput& input) { input.overrides.pop_back(); });
  write([](store::RunInput& input) { input.policy.keep = store::Keep::none; });
  std::sort(digests.begin(), digests.end());
  EXPECT_EQ(std::unique(digests.begin(), digests.end()), digests.end());
}

TEST(Digest, FindsOneChangedByte) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  write_result(path, small_input(1000), 100);
  std::string bytes = read_bytes(path);
  const double stop = block_of(small_model(), 500, 1).strategies[0].sojourns.stop[0];
  const std::size_t at = bytes.find(std::string(reinterpret_cast<const char*>(&stop), sizeof stop));
  ASSERT_NE(at, std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
  const store::Reader reader(path);
  EXPECT_NE(reader.recomputed_digest(), reader.digest());
  EXPECT_THAT(store::inspect(path, true).text, ::testing::HasSubstr("DIFFERENT"));
}

TEST(Tools, H5dumpReadsEverything) {
  ASSERT_EQ(std::system("h5dump --version >/dev/null 2>&1"), 0) << "h5dump is not installed";
  const Folder folder;
  write_result(folder.file("a.h5"), small_input(300), 100);
  EXPECT_EQ(std::system(("h5dump '" + folder.file("a.h5") + "' >/dev/null 2>&1").c_str()), 0);
}

}  // namespace
}  // namespace sojourn::store_test
