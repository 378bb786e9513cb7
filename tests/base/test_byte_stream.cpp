// Integers as bytes and back.
#include <gtest/gtest.h>

#include "base/byte_stream.hpp"

namespace sojourn {
namespace {

constexpr Int128 largest = static_cast<Int128>(~UnsignedInt128{0} >> 1), least = -largest - 1;

TEST(ByteStream, EveryIntegerComesBack) {
  const std::vector<Int128> values{0, 1, -1, 63, 64, -64, -65, 127, 128, largest, least, largest - 1, Int128{1} << 64};
  ByteWriter writer;
  for (const Int128 value : values) writer.integer(value);
  for (int bits = 0; bits < 127; ++bits) {
    writer.integer(Int128{1} << bits);
    writer.integer(-(Int128{1} << bits));
  }
  writer.count(~std::uint64_t{0});
  writer.text(std::string_view("a\0b", 3));
  const std::string bytes = writer.take();
  ByteReader reader(bytes);
  for (const Int128 value : values) EXPECT_TRUE(reader.integer() == value);
  for (int bits = 0; bits < 127; ++bits) {
    EXPECT_TRUE(reader.integer() == Int128{1} << bits);
    EXPECT_TRUE(reader.integer() == -(Int128{1} << bits));
  }
  EXPECT_EQ(reader.count(), ~std::uint64_t{0});
  EXPECT_EQ(reader.text(), std::string_view("a\0b", 3));
  EXPECT_TRUE(reader.at_end());
}

TEST(ByteStream, SmallIntegersAreShort) {
  ByteWriter writer;
  for (const Int128 value : {0, -64, 63}) writer.integer(value);
  writer.pass_sparse(std::vector<std::uint64_t>(1000, 0));
  EXPECT_EQ(writer.take().size(), 3U + 3U);
}

enum class Fruit : std::uint8_t { apple, pear };

TEST(ByteStream, WhatAClassStoresIsListedOnceForBothSides) {
  struct Basket {
    double weight;
    Fruit fruit;
    std::string name;
    std::vector<double> prices;
  };
  const auto pass = [](auto& stream, auto& basket) {
    stream.pass(basket.weight);
    stream.pass(basket.fruit);
    stream.pass(basket.name);
    stream.pass_list(basket.prices, [&](auto& price) { stream.pass(price); });
  };
  const Basket packed{0.1, Fruit::pear, "of two", {1.5, -1e-300}};
  ByteWriter writer;
  pass(writer, packed);
  const std::string bytes = writer.take();
  Basket found{7, Fruit::apple, "none", {3, 3, 3}};
  ByteReader reader(bytes);
  pass(reader, found);
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(found.weight, packed.weight);
  EXPECT_EQ(found.fruit, packed.fruit);
  EXPECT_EQ(found.name, packed.name);
  EXPECT_EQ(found.prices, packed.prices);
}

TEST(ByteStream, RunsOfZerosComeBack) {
  const std::vector<std::uint64_t> values{0, 0, 5, 0, 7, 8, 0, 0, 0};
  ByteWriter writer;
  writer.pass_sparse(values);
  const std::string bytes = writer.take();
  std::vector<std::uint64_t> read(values.size(), 9);
  ByteReader reader(bytes);
  reader.pass_sparse(read);
  EXPECT_EQ(read, values);
  EXPECT_TRUE(reader.at_end());
  std::vector<std::uint64_t> shorter(values.size() - 1);
  ByteReader again(bytes);
  EXPECT_THROW(again.pass_sparse(shorter), MalformedBytes);
}

TEST(ByteStream, WhatIsCutShortOrTooLongThrows) {
  ByteWriter writer;
  writer.integer(largest);
  writer.text("text");
  const std::string bytes = writer.take();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    ByteReader reader(cut);
    EXPECT_THROW(
        {
          (void)reader.integer();
          (void)reader.text();
        },
        MalformedBytes)
        << size;
  }
  const std::string endless(30, '\x80');
  EXPECT_THROW((void)ByteReader(endless).count(), MalformedBytes);
  ByteWriter wide;
  wide.integer(largest);
  const std::string too_wide = wide.take();
  EXPECT_THROW((void)ByteReader(too_wide).count(), MalformedBytes);
}

}  // namespace
}  // namespace sojourn
